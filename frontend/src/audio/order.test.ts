import { afterEach, expect, it, vi } from "vitest";
import { Order } from "@/audio/order";
import { player } from "@/audio/player";

const song = (id: string) => ({ id, title: id, durationSeconds: 9, url: `/${id}`, stems: [] });

afterEach(() => vi.restoreAllMocks());

it("goes on through the list that the song was started from", () => {
  const order = new Order();
  const play = vi.spyOn(player, "play").mockResolvedValue();
  order.follow([song("a"), song("b")]);
  order.offer(() => expect.fail("the list comes first"));
  order.from("a", 1)?.();
  expect(play).toHaveBeenCalledExactlyOnceWith(song("b"), 0);
  expect(order.from("a", -1)).toBeNull();
  expect(order.from("b", 1)).toBeNull();
});

it("goes through the takes of a song that is on no list, while its page is open", () => {
  const order = new Order();
  const steps: number[] = [];
  const close = order.offer((by) => steps.push(by) > 0);
  order.from("c", 1)?.();
  order.from("c", -1)?.();
  expect(steps).toEqual([1, -1]);
  close();
  expect(order.from("c", 1)).toBeNull();
});
