package dev.serai.gateway.edge.body;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.InboundRequest.ArrivingForm;
import dev.serai.core.http.Upload;
import dev.serai.core.http.form.FormScanner;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.gateway.edge.request.ClientConnection;
import dev.serai.gateway.edge.request.RequestHead;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A multipart form that may be too large to hold: an audio file, an image, a file to store.
 *
 * <p>It is held until it is complete or, if it is larger than {@link #MAX_HELD}, until what routing
 * needs of it has arrived. Then its route begins, and this class is the {@link Upload} from which
 * the rest passes to the provider's socket. While the provider does not take it, the client's
 * socket is not read. A form whose model follows its file is held up to there.
 *
 * <p>The memory limit counts what is held here: each byte once. Used on the connection's event
 * loop; calls of the reader's from other threads are moved there.
 */
final class FormBody extends RequestBody implements Upload {
  /** A form of at most this size is held as a whole, so that another attempt can send it again. */
  static final int MAX_HELD = 1024 * 1024;

  private final ClientConnection connection;
  private final FormScanner form;
  private final int limit;
  private final long announced;
  private final ByteLimit memory;
  private final ByteHold hold;
  private final PieceQueue pieces = new PieceQueue();
  private long arrived;
  private boolean started;
  private boolean ended;
  private boolean paused;
  private boolean spent;
  private boolean over;
  private @Nullable Reader reader;
  private @Nullable GatewayProblem problem;

  FormBody(ClientConnection connection, FormScanner form, int limit, long announced) {
    this.connection = connection;
    this.form = form;
    this.limit = limit;
    this.announced = announced;
    this.memory = connection.memory();
    this.hold = memory.hold();
  }

  // ---- what arrives

  @Override
  public Optional<GatewayProblem> refusal() {
    return announced > limit ? Optional.of(tooLarge(limit)) : Optional.empty();
  }

  @Override
  Optional<GatewayProblem> add(ByteBuf piece) {
    arrived += piece.readableBytes();
    if (arrived > limit) {
      return Optional.of(tooLarge(limit));
    }
    if (over || !piece.isReadable()) {
      return Optional.empty();
    }
    byte[] bytes = new byte[piece.readableBytes()];
    piece.readBytes(bytes);
    form.read(bytes);
    if (started) {
      return form.fault().isPresent() ? form.fault() : forward(bytes);
    }
    pieces.add(bytes);
    return hold.resize(pieces.size()) ? Optional.empty() : Optional.of(noRoom());
  }

  private Optional<GatewayProblem> forward(byte[] bytes) {
    Reader taking = reader;
    if (taking != null && !paused && pieces.isEmpty()) {
      spent = true;
      taking.onPiece(bytes);
      taking.onBatchEnd();
    } else {
      pieces.add(bytes);
      hold.set(pieces.size());
    }
    return Optional.empty();
  }

  private GatewayProblem noRoom() {
    return pieces.size() > memory.capacity()
        ? tooLarge(
            "The form's file is over the "
                + memory.capacity()
                + " bytes that are held. Send the part 'model' before the file: then it is not"
                + " held.")
        : ByteLimit.exhausted();
  }

  @Override
  public void end() {
    ended = true;
    Optional<GatewayProblem> fault = form.faultAtEnd();
    if (started && fault.isPresent()) {
      fail(fault.get());
    } else {
      deliver();
    }
  }

  @Override
  public boolean mayStart() {
    return arrived > MAX_HELD && form.isReady();
  }

  @Override
  public InboundRequest inbound(RequestHead head, String query) {
    if (ended && arrived <= MAX_HELD) {
      byte[] whole = pieces.toArray();
      pieces.clear();
      return new InboundRequest(head.method(), head.path(), query, head.headers(), whole);
    }
    started = true;
    if (!ended) {
      connection.readBody(false);
    }
    ArrivingForm arriving = new ArrivingForm(form, this);
    return new InboundRequest(
        head.method(), head.path(), query, head.headers(), new byte[0], Optional.of(arriving));
  }

  @Override
  public void fail(GatewayProblem why) {
    if (over) {
      return;
    }
    problem = why;
    Reader failed = reader;
    if (failed != null) {
      finish();
      failed.onFailure(why);
    }
  }

  @Override
  public void release() {
    fail(CallerProblem.disconnected());
    finish();
    hold.release();
  }

  private void finish() {
    over = true;
    pieces.clear();
    hold.set(0);
  }

  // ---- what the provider takes

  @Override
  public long length() {
    return announced;
  }

  @Override
  public boolean isSpent() {
    return spent;
  }

  @Override
  public void open(Reader opened) {
    onLoop(
        () -> {
          reader = opened;
          paused = false;
          if (problem != null) {
            fail(problem);
          } else {
            deliver();
          }
        });
  }

  @Override
  public void pause() {
    onLoop(
        () -> {
          paused = true;
          connection.readBody(false);
        });
  }

  @Override
  public void resume() {
    onLoop(
        () -> {
          paused = false;
          deliver();
        });
  }

  /** The rest of the body is not wanted: the reply comes without it, or the attempt has failed. */
  @Override
  public void cancel() {
    onLoop(
        () -> {
          if (spent) {
            finish();
            connection.readBody(false);
          }
          reader = null;
        });
  }

  private void deliver() {
    Reader taking = reader;
    if (taking == null || over) {
      return;
    }
    boolean some = false;
    while (!paused && !over && !pieces.isEmpty()) {
      spent = true;
      some = true;
      taking.onPiece(pieces.poll());
    }
    if (over) {
      return;
    }
    hold.set(pieces.size());
    if (some) {
      taking.onBatchEnd();
    }
    if (pieces.isEmpty() && ended) {
      finish();
      taking.onEnd();
    } else if (!ended) {
      connection.readBody(!paused);
    }
  }

  private void onLoop(Runnable action) {
    if (connection.channel().eventLoop().inEventLoop()) {
      action.run();
    } else {
      connection.channel().eventLoop().execute(action);
    }
  }
}
