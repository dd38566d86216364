package dev.serai.adapters.awssdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.serai.adapters.awssdk.SignatureVerifier.Seen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Records requests and sends the replies that it was given. */
final class FakeBedrock implements AutoCloseable {
  private final HttpServer server;
  private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
  private final byte[] whole;
  private final byte[] stream;

  FakeBedrock(byte[] whole, byte[] stream) {
    this.whole = whole;
    this.stream = stream;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::respond);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  Seen next() throws InterruptedException {
    return seen.take();
  }

  private void respond(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    String path = exchange.getRequestURI().getRawPath();
    seen.add(
        new Seen(
            exchange.getRequestMethod(), path, headers, exchange.getRequestBody().readAllBytes()));
    boolean streaming = path.endsWith("/converse-stream");
    byte[] body = streaming ? stream : whole;
    exchange
        .getResponseHeaders()
        .set("content-type", streaming ? "application/vnd.amazon.eventstream" : "application/json");
    exchange.sendResponseHeaders(200, streaming ? 0 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
