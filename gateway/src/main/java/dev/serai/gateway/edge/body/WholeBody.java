package dev.serai.gateway.edge.body;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWeight;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.gateway.edge.request.RequestHead;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;

/**
 * Collects a request's body into one array. The array grows with the bytes that have arrived, never
 * with the announced Content-Length alone.
 *
 * <p>The body takes a multiple of its length from the memory limit as it grows, because its request
 * is copied for the provider and, between dialects, read into objects. JSON of many small values
 * takes the {@linkplain JsonWeight weight} of its objects. {@link #release} gives everything back.
 * Not thread-safe.
 */
final class WholeBody extends RequestBody {
  private static final byte[] NONE = {};
  private static final int MIN_CAPACITY = 16 * 1024;

  /** The body, its copy for the provider, and the objects and buffers of a translation. */
  private static final int COPIES = 4;

  /** The body and its copy for the provider, beside the objects of a translation. */
  private static final int COPIES_OF_BYTES = 2;

  /** A body of at most this length takes little memory, whatever its values are. */
  private static final int MAX_UNWEIGHED = 32 * 1024;

  private final int limit;
  private final long announced;
  private final int copies;
  private final ByteLimit memory;
  private final ByteHold hold;
  private final JsonWeight weight = new JsonWeight();
  private byte[] bytes = NONE;
  private int length;
  private int weighed;

  /**
   * @param limit in bytes
   * @param announced the Content-Length, or -1
   * @param memory the limit of the bytes that are held
   */
  WholeBody(int limit, long announced, ByteLimit memory) {
    this((int) Math.min(limit, memory.capacity() / COPIES), announced, COPIES, memory);
  }

  private WholeBody(int limit, long announced, int copies, ByteLimit memory) {
    this.limit = limit;
    this.announced = announced;
    this.copies = copies;
    this.memory = memory;
    this.hold = memory.hold();
  }

  /** A body that no route reads: it is counted, not held. */
  static WholeBody ignored(int limit, long announced) {
    return new WholeBody(limit, announced, 0, ByteLimit.unlimited());
  }

  /** Refuses a body over the limit, or one for which the memory limit has no room now. */
  @Override
  public Optional<GatewayProblem> refusal() {
    if (announced > limit) {
      return Optional.of(tooLarge(limit));
    }
    return announced > 0 && copies * announced > memory.capacity() - memory.taken()
        ? Optional.of(ByteLimit.exhausted())
        : Optional.empty();
  }

  @Override
  Optional<GatewayProblem> add(ByteBuf piece) {
    int more = piece.readableBytes();
    if (more > limit - length) {
      return Optional.of(tooLarge(limit));
    }
    if (copies > 0) {
      if (more > bytes.length - length && !grow(capacityFor(length + more))) {
        return Optional.of(ByteLimit.exhausted());
      }
      piece.readBytes(bytes, length, more);
    }
    length += more;
    return copies > 0 && length > MAX_UNWEIGHED ? weigh() : Optional.empty();
  }

  private boolean grow(int capacity) {
    if (!hold.resize(held(capacity))) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, capacity);
    return true;
  }

  private long held(int capacity) {
    return Math.max((long) copies * capacity, (long) COPIES_OF_BYTES * capacity + weight.bytes());
  }

  private Optional<GatewayProblem> weigh() {
    weight.add(bytes, weighed, length);
    weighed = length;
    long needed = held(bytes.length);
    if (needed > memory.capacity()) {
      return Optional.of(
          tooLarge(
              "The JSON of the request has more values than the gateway's memory limit has room"
                  + " for (server.memory_limit_megabytes)."));
    }
    return hold.resize(needed) ? Optional.empty() : Optional.of(ByteLimit.exhausted());
  }

  private int capacityFor(int needed) {
    if (needed == announced) {
      return needed;
    }
    long doubled = Math.max(Math.max(needed, MIN_CAPACITY), 2L * bytes.length);
    return (int) Math.min(announced < 0 ? limit : Math.max(announced, needed), doubled);
  }

  /** The route owns the array, and the memory limit still counts it. */
  @Override
  public InboundRequest inbound(RequestHead head, String query) {
    byte[] whole = length == bytes.length || copies == 0 ? bytes : Arrays.copyOf(bytes, length);
    return new InboundRequest(head.method(), head.path(), query, head.headers(), whole);
  }

  @Override
  public void release() {
    bytes = NONE;
    hold.release();
  }
}
