package dev.serai.e2e.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A provider for large bodies: reads and forgets what it is sent, and replies in the form of OpenAI
 * or Anthropic with a text of a given length.
 */
public final class BulkProvider implements AutoCloseable {
  private static final int PIECE = 1 << 20;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile int replyLength = 10;

  private BulkProvider(HttpServer server) {
    this.server = server;
  }

  /** Starts one on a free port. */
  public static BulkProvider start() {
    try {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      BulkProvider provider = new BulkProvider(HttpServer.create(any, 4096));
      provider.server.setExecutor(provider.threads);
      provider.server.createContext("/v1/chat/completions", provider::chat);
      provider.server.createContext("/v1/messages", provider::message);
      provider.server.createContext("/v1/audio", provider::transcription);
      provider.server.start();
      return provider;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is, without a path. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on the text of a reply has that many characters. */
  public BulkProvider repliesOf(int characters) {
    replyLength = characters;
    return this;
  }

  private void chat(HttpExchange exchange) throws IOException {
    respond(
        exchange,
        "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
            + "[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\","
            + "\"content\":\"",
        "\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}");
  }

  private void message(HttpExchange exchange) throws IOException {
    respond(
        exchange,
        "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\","
            + "\"stop_reason\":\"end_turn\",\"content\":[{\"type\":\"text\",\"text\":\"",
        "\"}],\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}");
  }

  private void transcription(HttpExchange exchange) throws IOException {
    respond(exchange, "{\"text\":\"", "\"}");
  }

  private void respond(HttpExchange exchange, String before, String after) throws IOException {
    try (exchange) {
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      int length = replyLength;
      exchange.getResponseHeaders().add("content-type", "application/json");
      exchange.sendResponseHeaders(200, (long) before.length() + length + after.length());
      OutputStream out = exchange.getResponseBody();
      out.write(before.getBytes(UTF_8));
      byte[] piece = "x".repeat(Math.min(PIECE, length)).getBytes(UTF_8);
      for (int left = length; left > 0; left -= piece.length) {
        out.write(piece, 0, Math.min(left, piece.length));
      }
      out.write(after.getBytes(UTF_8));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
