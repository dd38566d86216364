package dev.serai.e2e.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * A provider: a real HTTP/1.1 server on a free port that speaks OpenAI ({@code
 * /v1/chat/completions}, {@code /v1/models}), Anthropic ({@code /v1/messages}), Ollama ({@code
 * /api/chat}) and Bedrock ({@code /model/ID/converse}) and plays the {@link Cassette} that the
 * model's name asks for. It keeps what it receives and notices at once when a client goes away. Two
 * virtual threads a connection.
 */
public final class CassetteServer implements AutoCloseable {
  private final ServerSocket server;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<Received> received = new ConcurrentLinkedQueue<>();

  private CassetteServer(ServerSocket server) {
    this.server = server;
  }

  /** Starts one on a free port. */
  public static CassetteServer start() {
    return start(0);
  }

  /** Starts one on that port. */
  public static CassetteServer start(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4096);
      CassetteServer server = new CassetteServer(socket);
      Thread.ofVirtual().name("cassettes").start(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      new CassetteConnection(socket, received, gate).run();
    } catch (IOException e) {
      open.remove(socket); // the other side went away, and its exchange has noted it
    } finally {
      open.remove(socket);
    }
  }

  /** The port. */
  public int port() {
    return server.getLocalPort();
  }

  /** Where it is, without a path. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Every request so far, the first one first. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  /** Requests that asked for this model, with what stands before it. */
  public List<Received> received(String model) {
    return received.stream().filter(r -> r.model().equals(model)).toList();
  }

  /** Forgets every request. */
  public void forget() {
    received.clear();
  }

  /** Lets the streams of {@code gated-} models go on after their first event. */
  public void openGate() {
    gate.countDown();
  }

  /** Connections that stand. */
  public int connections() {
    return open.size();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
