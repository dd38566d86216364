package dev.serai.e2e.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A provider that says OpenAI's chunks as fast as they are taken, and counts what was taken. */
public final class Firehose implements AutoCloseable {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
  private static final byte[] EVENTS = events(64);
  private static final byte[] LAST =
      ("data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"text\","
              + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
              + "data: [DONE]\n\n")
          .getBytes(UTF_8);

  private final ServerSocket server;
  private final long length;
  private volatile long lastMove = System.nanoTime();
  private final List<Jet> jets = new CopyOnWriteArrayList<>();

  private Firehose(ServerSocket server, long length) {
    this.server = server;
    this.length = length;
  }

  /** One whose streams are so many bytes long. */
  public static Firehose of(long length) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
      Firehose firehose = new Firehose(socket, length);
      Thread.ofVirtual().name("firehose").start(firehose::accept);
      return firehose;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is, without a path. */
  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** How many streams have begun. */
  public int streams() {
    return jets.size();
  }

  /** Whether no stream has moved for so long. */
  public boolean isPausedFor(Duration time) {
    return System.nanoTime() - lastMove > time.toNanos();
  }

  /** Bytes that streams but the first could send, all together. */
  public long sum() {
    return jets.stream().skip(1).mapToLong(jet -> jet.sent).sum();
  }

  /** The most bytes that any stream but the first could send. */
  public long most() {
    return jets.stream().skip(1).mapToLong(jet -> jet.sent).max().orElse(0);
  }

  /** How many streams were closed before their end. */
  public int cancelled() {
    return (int) jets.stream().filter(jet -> jet.cancelled).count();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setSendBufferSize(16 * 1024);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    Jet jet = new Jet();
    try (socket) {
      readRequest(new BufferedInputStream(socket.getInputStream()));
      jets.add(jet);
      jet.flow(socket.getOutputStream());
    } catch (IOException e) {
      jet.cancelled = true;
    }
  }

  private static void readRequest(InputStream in) throws IOException {
    int body = 0;
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); ; c = in.read()) {
      if (c < 0) {
        throw new IOException("closed before it asked");
      }
      if (c == '\n') {
        String field = line.toString().strip().toLowerCase(java.util.Locale.ROOT);
        if (field.isEmpty()) {
          in.skipNBytes(body);
          return;
        }
        if (field.startsWith("content-length:")) {
          body = Integer.parseInt(field.substring(15).strip());
        }
        line.setLength(0);
      } else {
        line.append((char) c);
      }
    }
  }

  private static byte[] events(int count) {
    String event =
        "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"text\","
            + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"},"
            + "\"finish_reason\":null}]}\n\n";
    return event.repeat(count).getBytes(UTF_8);
  }

  /** One stream. */
  private final class Jet {
    private volatile long sent;
    private volatile boolean cancelled;

    void flow(OutputStream out) throws IOException {
      out.write(HEAD.getBytes(UTF_8));
      for (long left = length; left > 0; left -= EVENTS.length) {
        out.write(EVENTS);
        sent = length - left + EVENTS.length;
        lastMove = System.nanoTime();
      }
      out.write(LAST);
      out.flush();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
