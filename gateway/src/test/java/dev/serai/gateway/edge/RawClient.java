package dev.serai.gateway.edge;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sends exactly the bytes of a test. */
final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** A reply. */
  record Reply(int status, List<String> headers, String body) {
    Optional<String> header(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(line -> line.substring(prefix.length()).trim())
          .findFirst();
    }
  }

  Socket socket() {
    return socket;
  }

  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  RawClient get(String target) throws IOException {
    return send("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
  }

  RawClient post(String target, String body) throws IOException {
    return send(
        "POST "
            + target
            + " HTTP/1.1\r\nHost: h\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  Reply read() throws IOException {
    return read(false);
  }

  /** Reads one reply; a reply to HEAD has no body. */
  Reply read(boolean toHead) throws IOException {
    String status = line();
    List<String> headers = new ArrayList<>();
    for (String field = line(); !field.isEmpty(); field = line()) {
      headers.add(field);
    }
    Reply head = new Reply(Integer.parseInt(status.split(" ")[1]), headers, "");
    if (toHead || head.status() == 204 || head.status() == 100) {
      return head;
    }
    String body;
    if (head.header("transfer-encoding").isPresent()) {
      body = chunked();
    } else if (head.header("content-length").isPresent()) {
      body = exactly(Integer.parseInt(head.header("content-length").orElseThrow()));
    } else {
      body = rest();
    }
    return new Reply(head.status(), headers, body);
  }

  /** Reads until the server closes. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  boolean isClosedByServer() throws IOException {
    return in.read() < 0;
  }

  String chunk() throws IOException {
    int size = Integer.parseInt(line(), 16);
    String content = exactly(size);
    line();
    return content;
  }

  String line() throws IOException {
    return line(in);
  }

  /** The text up to the next end of a line. */
  static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("closed within a line: '" + line + "'");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private String chunked() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String piece = chunk(); !piece.isEmpty(); piece = chunk()) {
      all.append(piece);
    }
    return all.toString();
  }

  private String exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("closed after " + bytes.length + " of " + length + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
