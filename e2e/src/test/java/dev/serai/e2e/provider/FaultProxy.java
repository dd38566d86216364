package dev.serai.e2e.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A network between the gateway and a provider: passes bytes on, and breaks as told. A fault holds
 * for connections accepted from then on. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
  /** How the network behaves. */
  public sealed interface Fault {
    /** Nothing listens. */
    record Refuse() implements Fault {}

    /** Takes connections and whatever comes, and says nothing. */
    record Hang() implements Fault {}

    /** Passes so many bytes of the provider's answer on, then resets. */
    record ResetAfter(int bytes) implements Fault {}

    /** Passes so many bytes of the provider's answer on, then ends the connection in order. */
    record EndAfter(int bytes) implements Fault {}

    /** Passes so many bytes of the provider's answer on, then these instead of the rest. */
    record InsertAfter(int bytes, byte[] garbage) implements Fault {}

    /** Passes the answer on, one byte a segment. */
    record ByteByByte() implements Fault {}

    /** Passes everything on. */
    record None() implements Fault {}
  }

  private final int target;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Instant> accepted = new ArrayList<>();
  private volatile Fault fault = new Fault.None();
  private volatile ServerSocket server;

  private FaultProxy(int target, ServerSocket server) {
    this.target = target;
    this.server = server;
    port = server.getLocalPort();
  }

  /** A sound network to that port of this machine. */
  public static FaultProxy to(int target) {
    FaultProxy proxy = new FaultProxy(target, listen(0));
    proxy.accepting(proxy.server);
    return proxy;
  }

  /** Breaks, or heals with {@link Fault.None}. */
  public synchronized void set(Fault now) {
    boolean refused = fault instanceof Fault.Refuse;
    fault = now;
    try {
      if (now instanceof Fault.Refuse && !refused) {
        server.close();
        awaitSilence();
      } else if (refused && !(now instanceof Fault.Refuse)) {
        server = listen(port);
        accepting(server);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A socket that another thread waits for is closed when that thread has noticed. */
  private void awaitSilence() {
    long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    do {
      cut();
      settle();
      if (System.nanoTime() > latest) {
        throw new IllegalStateException("port " + port + " does not fall silent");
      }
    } while (!open.isEmpty() || isListening());
  }

  private boolean isListening() {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends every connection that stands. */
  public void cut() {
    open.forEach(FaultProxy::shut);
  }

  /** Where it is, without a path. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** When connections were accepted. */
  public List<Instant> accepted() {
    synchronized (accepted) {
      return List.copyOf(accepted);
    }
  }

  private static ServerSocket listen(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accepting(ServerSocket listening) {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!listening.isClosed()) {
                try {
                  Socket client = listening.accept();
                  synchronized (accepted) {
                    accepted.add(Instant.now());
                  }
                  open.add(client);
                  Thread.ofVirtual().start(() -> pass(client));
                } catch (IOException e) {
                  cut(); // closed: no more to come
                }
              }
            });
  }

  private void pass(Socket client) {
    Fault now = fault;
    try {
      client.setTcpNoDelay(true);
      if (now instanceof Fault.Hang) {
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
        return;
      }
      Socket provider = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(provider);
      Thread.ofVirtual().start(() -> copyRequest(client, provider));
      try (provider) {
        copyReply(provider.getInputStream(), client, now);
      } finally {
        open.remove(provider);
      }
    } catch (IOException e) {
      shut(client); // one side went away, and so does the other
    } finally {
      open.remove(client);
      shut(client);
    }
  }

  private static void copyRequest(Socket client, Socket provider) {
    try {
      client.getInputStream().transferTo(provider.getOutputStream());
    } catch (IOException e) {
      shut(client);
    }
    shut(provider);
  }

  private static void copyReply(InputStream in, Socket client, Fault now) throws IOException {
    OutputStream out = client.getOutputStream();
    switch (now) {
      case Fault.ResetAfter reset -> {
        out.write(in.readNBytes(reset.bytes()));
        settle();
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
      case Fault.EndAfter end -> out.write(in.readNBytes(end.bytes()));
      case Fault.InsertAfter insert -> {
        out.write(in.readNBytes(insert.bytes()));
        out.write(insert.garbage());
        in.transferTo(OutputStream.nullOutputStream());
      }
      case Fault.ByteByByte _ -> {
        for (int b = in.read(); b >= 0; b = in.read()) {
          out.write(b);
        }
      }
      default -> in.transferTo(out);
    }
  }

  /** What came before a reset must have been read: a reset may take it away. */
  private static void settle() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
