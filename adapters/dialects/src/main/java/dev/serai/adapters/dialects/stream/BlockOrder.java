package dev.serai.adapters.dialects.stream;

import dev.serai.adapters.dialects.json.MalformedInput;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts the events of a response's numbered blocks in the order of the blocks, where a provider
 * sends them in another one.
 *
 * <p>Model: one block has its turn, the first one that is not complete. An event of a later block
 * waits until all blocks before it are complete, or until the stream ends. In a stream of one block
 * after the other nothing waits. For one stream; not thread-safe.
 *
 * @param <E> an event
 */
public final class BlockOrder<E> {
  /** How much may wait, in bytes. */
  private static final int MAX_HELD = 8 * 1024 * 1024;

  private final TreeMap<Long, Queue<E>> waiting = new TreeMap<>();
  private final Set<Long> complete = new HashSet<>(0);
  private long turn;
  private int held;
  private boolean ended;

  /** Whether an event of a block has to wait. */
  public boolean mustWait(long block) {
    return block > turn && !ended;
  }

  /**
   * Keeps an event of a block that has to wait.
   *
   * @param size its size in bytes
   * @throws MalformedInput if too much is waiting
   */
  public void add(long block, E event, int size) {
    held += size;
    if (held > MAX_HELD) {
      throw new MalformedInput(0, "the blocks in their order");
    }
    waiting.computeIfAbsent(block, _ -> new ArrayDeque<>()).add(event);
  }

  /** A block is complete: the next one has its turn. */
  public void complete(long block) {
    if (block >= turn) {
      complete.add(block);
      advance();
    }
  }

  private void advance() {
    while (!waiting.containsKey(turn) && complete.remove(turn)) {
      turn++;
    }
  }

  /** The stream has ended: nothing has to wait any more. */
  public void end() {
    ended = true;
  }

  /** The next event whose turn has come; empty if there is none. */
  public Optional<E> poll() {
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    Map.Entry<Long, Queue<E>> block = waiting.firstEntry();
    long first = block.getKey();
    if (mustWait(first)) {
      return Optional.empty();
    }
    Queue<E> events = block.getValue();
    E event = events.remove();
    if (events.isEmpty()) {
      waiting.remove(first);
      held = waiting.isEmpty() ? 0 : held;
      advance();
    }
    return Optional.of(event);
  }
}
