package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;

import dev.serai.core.http.ByteStream;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Upload;
import dev.serai.core.problem.GatewayProblem;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Takes an upload as a provider would: pauses, resumes and replies when the test says so. Replies
 * by itself when the upload has ended or failed.
 */
final class UploadingRoute extends AsyncProcessorSupport implements ByteStream.Reader {
  final CompletableFuture<InboundRequest> begun = new CompletableFuture<>();
  final CompletableFuture<GatewayProblem> failure = new CompletableFuture<>();
  final AtomicLong received = new AtomicLong();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<Runnable> reply = new CompletableFuture<>();
  private volatile Exception problem;

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    InboundRequest request = exchange.getMessage().getBody(InboundRequest.class);
    if (request.form().isEmpty()) {
      exchange.getMessage().setBody(EdgeUnderTest.text("whole: " + request.body().length));
      callback.done(true);
      return true;
    }
    reply.complete(
        () -> {
          if (problem == null) {
            exchange.getMessage().setBody(EdgeUnderTest.text("uploaded: " + received));
          } else {
            exchange.setException(problem);
          }
          callback.done(false);
        });
    begun.complete(request);
    return false;
  }

  Upload upload() {
    return begun.orTimeout(30, TimeUnit.SECONDS).join().form().orElseThrow().upload();
  }

  UploadingRoute open() {
    upload().open(this);
    return this;
  }

  void reply() {
    reply.join().run();
  }

  void awaitBytes(long atLeast) {
    eventually(atLeast + " bytes are received", () -> received.get() >= atLeast);
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  @Override
  public void onPiece(byte[] piece) {
    bytes.writeBytes(piece);
    received.addAndGet(piece.length);
  }

  @Override
  public void onEnd() {
    reply();
  }

  @Override
  public void onFailure(GatewayProblem why) {
    problem = why;
    failure.complete(why);
    reply();
  }
}
