export const curlExample = (origin: string): string => `curl ${origin}/graphql \\
  -H "Content-Type: application/json" -H "Authorization: Bearer $KEY" \\
  -d @- <<'JSON'
{"query": "mutation M($input: GenerateFullSongInput!) { generateFullSong(input: $input) { ... on ProjectStarted { project { id } } ... on Problem { message } } }",
 "variables": {"input": {"prompt": "a bright waltz in G for two guitars"}}}
JSON`;

export const watchExample = (origin: string): string => `curl -N ${origin}/graphql/stream \\
  -H "Content-Type: application/json" -H "Authorization: Bearer $KEY" \\
  -H "Accept: text/event-stream" \\
  -d @- <<'JSON'
{"query": "subscription Watch($id: ID!, $after: String) { projectEvents(projectId: $id, after: $after) { id type stage progress message project { song { audio { format url } } } } }",
 "variables": {"id": "the id from above"}}
JSON`;

export const pythonExample = (origin: string): string => `import httpx

answer = httpx.post(
    "${origin}/api/v1/music/generate/full-song",
    headers={"Authorization": f"Bearer {key}"},
    json={"prompt": "a bright waltz in G for two guitars"},
)
print(answer.json()["project_id"])`;
