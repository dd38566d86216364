package dev.serai.processors.feedback;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.Hold;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.processors.support.stream.ResponseRoom;
import dev.serai.processors.support.stream.StreamedResponse;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The response to a call, to be looked at when the call has ended, with what it answers. Confined
 * to the thread that carries the call until that ends.
 */
final class KeptResponse extends Hold {
  private static final long MAX_BYTES = 256 * 1024;
  private static final long BYTES_PER_CHARACTER = 3;

  private final Call call;
  private final ByteHold bytes;
  private final ResponseRoom room;
  private final Consumer<Kept> ended;
  private final Runnable skipped;
  private StreamedResponse collected = new StreamedResponse();
  private @Nullable Supplier<ChatResponse> response;
  private boolean lost;
  private long length;

  /**
   * A response of a call that was answered, with its request.
   *
   * @param response reads it, which may take long
   * @param bytes of both, which count for the memory limit
   */
  record Kept(
      String requestId,
      ChatRequest request,
      Set<String> regions,
      Supplier<ChatResponse> response,
      ByteHold bytes) {}

  /**
   * @param bytes of the memory limit
   * @param ended receives what is scored, if all of it is there when the call has been answered
   * @param skipped is called otherwise
   */
  KeptResponse(Call call, ByteHold bytes, Consumer<Kept> ended, Runnable skipped) {
    this.call = call;
    this.bytes = bytes;
    this.room = new ResponseRoom(bytes);
    this.ended = ended;
    this.skipped = skipped;
  }

  /** A whole response. */
  void take(ChatResponse whole) {
    response = () -> whole;
    long received = call.current().receivedBytes();
    lost = received > MAX_BYTES || !bytes.resize(received);
  }

  /** A whole response that is forwarded as it came. */
  void take(byte[] whole) {
    Attempt attempt = call.current();
    ChatRequest chat = call.chat();
    response = () -> attempt.dialect().readResponse(chat, whole, attempt.destination());
    lost = whole.length > MAX_BYTES || !bytes.resize(whole.length);
  }

  /** The next event of a stream. */
  void take(ChatEvent event) {
    if (lost) {
      return;
    }
    length += StreamedResponse.length(event);
    lost = event instanceof ChatEvent.Relayed || length > MAX_BYTES || !room.take(event);
    if (lost) {
      collected = new StreamedResponse();
      return;
    }
    collected.add(event);
    if (event instanceof ChatEvent.Ended) {
      StreamedResponse all = collected;
      response = all::whole;
    }
  }

  @Override
  protected void onSettle(Optional<GatewayProblem> problem) {
    Supplier<ChatResponse> whole = response;
    boolean answered = call.outcome().filter(Outcome.ANSWERED::equals).isPresent();
    if (whole == null || lost || !answered || problem.isPresent() || !holdsRequest()) {
      bytes.release();
      skipped.run();
      return;
    }
    ended.accept(
        new Kept(
            call.requestId(), call.chat(), call.criteria().required().regions(), whole, bytes));
  }

  /** Takes room for the request too, which waits with the response. */
  private boolean holdsRequest() {
    long received = Math.max(BYTES_PER_CHARACTER * length, call.current().receivedBytes());
    return bytes.resize(received + call.request().size());
  }

  @Override
  protected void onRelease() {
    bytes.release();
  }
}
