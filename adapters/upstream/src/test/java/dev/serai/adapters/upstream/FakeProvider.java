package dev.serai.adapters.upstream;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider on a real socket that follows a script. */
final class FakeProvider implements AutoCloseable {
  /** What to do with a connection; it is closed when the script ends. */
  interface Script {
    void run(Connection connection) throws Exception;
  }

  record Request(String line, Map<String, String> headers, String body) {}

  private final ServerSocket server;
  private final Script script;
  private final AtomicInteger accepted = new AtomicInteger();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  final List<Request> requests = new CopyOnWriteArrayList<>();

  FakeProvider(Script script) throws IOException {
    this(new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1")), script);
  }

  FakeProvider(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  /** Answers every request with the same JSON and keeps the connection. */
  static FakeProvider json(String body) throws IOException {
    return new FakeProvider(
        c -> {
          while (true) {
            c.read();
            c.json(body);
          }
        });
  }

  String baseUrl() {
    return "http://127.0.0.1:" + port() + "/v1";
  }

  int port() {
    return server.getLocalPort();
  }

  int accepted() {
    return accepted.get();
  }

  int open() {
    return (int) open.stream().filter(s -> !s.isClosed()).count();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        int number = accepted.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket, number));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      script.run(new Connection(socket, number));
    } catch (Exception e) {
      // The client has disconnected, which is part of many scripts.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  final class Connection {
    final Socket socket;
    final int number;
    private final InputStream in;

    Connection(Socket socket, int number) throws IOException {
      this.socket = socket;
      this.number = number;
      this.in = socket.getInputStream();
    }

    Request read() throws IOException {
      Request head = head();
      int length = Integer.parseInt(head.headers.getOrDefault("content-length", "0"));
      Request request = new Request(head.line, head.headers, text(length));
      requests.add(request);
      return request;
    }

    /** Reads a head and leaves the body on the socket. */
    Request head() throws IOException {
      String line = line();
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String field = line(); !field.isEmpty(); field = line()) {
        int colon = field.indexOf(':');
        headers.put(field.substring(0, colon), field.substring(colon + 1).strip());
      }
      return new Request(line, headers, "");
    }

    String text(int length) throws IOException {
      return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    String chunks() throws IOException {
      StringBuilder all = new StringBuilder();
      for (int size = size(); size > 0; size = size()) {
        all.append(text(size));
        line();
      }
      line();
      return all.toString();
    }

    private int size() throws IOException {
      return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0) {
          throw new EOFException();
        }
        if (b != '\r') {
          out.write(b);
        }
      }
      return out.toString(StandardCharsets.UTF_8);
    }

    void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    void json(String body) throws IOException {
      respond(200, body);
    }

    void respond(int status, String body) throws IOException {
      write(
          "HTTP/1.1 "
              + status
              + " X\r\ncontent-type: application/json\r\ncontent-length: "
              + body.getBytes(StandardCharsets.UTF_8).length
              + "\r\n\r\n"
              + body);
    }

    void streamHead() throws IOException {
      write(
          "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
              + "transfer-encoding: chunked\r\n\r\n");
    }

    void chunk(String text) throws IOException {
      write(
          Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length)
              + "\r\n"
              + text
              + "\r\n");
    }

    void lastChunk() throws IOException {
      write("0\r\n\r\n");
    }

    /** Blocks until the client has closed the connection. */
    void awaitClosed() throws IOException {
      while (in.read() >= 0) {
        continue;
      }
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
