package dev.serai.processors.realtime;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.dialect.RealtimeMeter;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.surface.RealtimeSurface;
import dev.serai.core.websocket.Close;
import dev.serai.core.websocket.Frame;
import dev.serai.core.websocket.WebSocket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider's end of a realtime session. Messages are forwarded unchanged, but for the name of the
 * model in a client's {@code session.update}; their usage is read as they pass. The call ends with
 * the session, however it ends: when the provider is lost, the client receives an error event and
 * close code 1011. Threads and obligations as in {@link WebSocket}.
 */
final class RealtimeSession implements WebSocket {
  private final Call call;
  private final WebSocket provider;
  private final RealtimeSurface surface;
  private final RealtimeMeter meter;
  private final ClientMessages messages;
  private @Nullable Peer client;

  RealtimeSession(Call call, WebSocket provider, Rules rules, RealtimeMeter meter) {
    this.call = call;
    this.provider = provider;
    this.surface = rules.surface;
    this.meter = meter;
    String model = call.current().candidate().model();
    this.messages = new ClientMessages(surface, call.request().model(), model, rules.memory);
  }

  /**
   * What all realtime sessions share.
   *
   * @param memory the memory limit of the bytes that are held
   */
  record Rules(RealtimeSurface surface, ByteLimit memory) {}

  @Override
  public void open(Peer peer) {
    client = peer;
    provider.open(new Metering(peer));
  }

  @Override
  public void send(Frame frame) {
    try {
      messages.take(frame).ifPresent(provider::send);
    } catch (GatewayProblem refused) {
      abort(refused);
    }
  }

  @Override
  public void flush() {
    provider.flush();
  }

  @Override
  public boolean isWritable() {
    return provider.isWritable();
  }

  @Override
  public void pause() {
    provider.pause();
  }

  @Override
  public void resume() {
    provider.resume();
  }

  @Override
  public void close(Close why) {
    provider.close(why);
    end(why.isNormal() ? Outcome.ANSWERED : Outcome.CANCELLED, Optional.empty());
  }

  @Override
  public void abort(GatewayProblem why) {
    provider.abort(why);
    if (client != null) {
      report(client, why);
    }
    end(Outcome.FAILED, Optional.of(why));
  }

  private void report(Peer peer, GatewayProblem why) {
    peer.onFrame(Frame.text(surface.writeErrorEvent(why)));
    peer.onClose(Close.of(why));
  }

  private void end(Outcome how, Optional<GatewayProblem> why) {
    client = null;
    messages.release();
    if (call.outcome().isEmpty()) {
      meter.usage().ifPresent(call.current()::recordUsage);
    }
    call.end(how, why);
  }

  /** Forwards the provider's frames and reads usage from them. */
  private final class Metering implements Peer {
    private final Peer peer;
    private boolean begun;

    Metering(Peer peer) {
      this.peer = peer;
    }

    @Override
    public void onFrame(Frame frame) {
      if (!begun) {
        begun = true;
        call.recordFirstPiece();
      }
      meter.read(frame);
      peer.onFrame(frame);
    }

    @Override
    public void onBatchEnd() {
      peer.onBatchEnd();
    }

    @Override
    public void onWritable() {
      peer.onWritable();
    }

    @Override
    public void onClose(Close why) {
      if (why.isNormal()) {
        peer.onClose(why);
        end(Outcome.ANSWERED, Optional.empty());
        return;
      }
      GatewayProblem problem = problem(why);
      if (why.code() == Close.ABNORMAL) {
        report(peer, problem);
      } else {
        peer.onClose(why);
      }
      if (call.outcome().isEmpty()) {
        call.failAttempt(problem);
      }
      end(Outcome.FAILED, Optional.of(problem));
    }

    private GatewayProblem problem(Close why) {
      String name = call.current().candidate().provider();
      return ProviderProblem.of(name, FailureCause.MALFORMED, 502)
          .message("The provider '" + name + "' ended the realtime session unexpectedly.")
          .detail(Optional.of(detail(why)))
          .build();
    }

    private static String detail(Close why) {
      if (why.code() != Close.ABNORMAL) {
        return "close code " + why.code();
      }
      return why.reason().isEmpty() ? "the connection broke" : why.reason();
    }
  }
}
