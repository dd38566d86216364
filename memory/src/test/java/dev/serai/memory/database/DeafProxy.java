package dev.serai.memory.database;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Forwards connections to a database until the test makes it discard bytes, or cut them. */
public final class DeafProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int port;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final AtomicReference<String> cutAt = new AtomicReference<>("");
  private volatile boolean deaf;

  public DeafProxy(int port) {
    this.port = port;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  public void deafen(boolean nowDeaf) {
    deaf = nowDeaf;
  }

  /** Closes the next connection on which the database says this, before the client gets it. */
  public void cutAt(String reply) {
    cutAt.set(reply);
  }

  /** Whether such a connection was closed. */
  public boolean hasCut() {
    return cutAt.get().isEmpty();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Socket database = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(client);
        sockets.add(database);
        Thread.ofVirtual().start(() -> pump(client, database, _ -> false));
        Thread.ofVirtual().start(() -> pump(database, client, this::isToCut));
      }
    } catch (IOException closed) {
      deaf = true;
    }
  }

  private boolean isToCut(String bytes) {
    String reply = cutAt.get();
    return !reply.isEmpty() && bytes.contains(reply) && cutAt.compareAndSet(reply, "");
  }

  private void pump(Socket from, Socket to, Predicate<String> last) {
    byte[] bytes = new byte[8192];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        if (last.test(new String(bytes, 0, n, ISO_8859_1))) {
          return;
        }
        if (!deaf) {
          out.write(bytes, 0, n);
        }
      }
    } catch (IOException closed) {
      sockets.remove(from);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
