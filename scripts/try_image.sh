#!/usr/bin/env bash
# Starts the image as it is, waits until every part is ready, has it make a song, and stops it.
#
#   scripts/try_image.sh ai-music-platform
set -euo pipefail

image=${1:?the name of the image}
secret=$(openssl rand -hex 32)
container=$(docker run --detach --publish 127.0.0.1:8000:8000 --env AIMUSIC_SECRET_KEY="$secret" "$image")
trap 'docker rm --force --volumes "$container" >/dev/null' EXIT

for _ in $(seq 120); do
  curl --fail --silent http://127.0.0.1:8000/health/ready && break
  sleep 1
done
curl --fail --silent --show-error http://127.0.0.1:8000/health/ready

docker exec "$container" python -m backend.launch.health_check
docker exec "$container" python -m backend song "a waltz in G major, 20 seconds" --out /tmp/song
docker exec "$container" test -s /tmp/song/master.wav
test "$(docker exec "$container" id --user)" -ne 0
docker stop --time 40 "$container" >/dev/null
test "$(docker inspect --format '{{.State.ExitCode}}' "$container")" -eq 0
