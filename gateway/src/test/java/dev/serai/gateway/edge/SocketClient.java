package dev.serai.gateway.edge;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A WebSocket client that sends exactly the bytes of a test. */
final class SocketClient implements AutoCloseable {
  static final int TEXT = 1;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private final Socket socket;
  private final DataInputStream in;

  /** A frame as it was received. */
  record Received(int opcode, boolean last, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** The code of a close frame. */
    int code() {
      return payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    }
  }

  SocketClient(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  /** Connects and does the handshake. */
  static SocketClient open(int port, String path) throws IOException {
    SocketClient client = new SocketClient(port);
    List<String> head = client.handshake(path, "");
    if (!head.getFirst().contains(" 101 ")) {
      throw new IOException("no WebSocket: " + head);
    }
    return client;
  }

  /**
   * Sends a handshake with these fields in addition; returns the lines of the head of the reply.
   */
  List<String> handshake(String path, String fields) throws IOException {
    raw(
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + fields
            + "\r\n");
    return head();
  }

  List<String> head() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      lines.add(line);
    }
    return lines;
  }

  private String line() throws IOException {
    return RawClient.line(in);
  }

  SocketClient raw(String latin1) throws IOException {
    return raw(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  SocketClient raw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  SocketClient text(String text) throws IOException {
    return send(0x80 | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a masked frame; the first byte has the opcode and the last-frame bit. */
  SocketClient send(int first, byte[] payload) throws IOException {
    return raw(frame(first, payload));
  }

  static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 14);
    out.write(first);
    if (payload.length < 126) {
      out.write(0x80 | payload.length);
    } else {
      out.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) ((long) payload.length >>> shift));
      }
    }
    if (payload.length >= 126 && payload.length < 65536) {
      out.reset();
      out.write(first);
      out.write(0x80 | 126);
      out.write(payload.length >>> 8);
      out.write(payload.length);
    }
    byte[] mask = {0x12, 0x34, 0x56, 0x78};
    out.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      out.write(payload[i] ^ mask[i & 3]);
    }
    return out.toByteArray();
  }

  SocketClient close(int code) throws IOException {
    return send(0x80 | CLOSE, new byte[] {(byte) (code >>> 8), (byte) code});
  }

  Received read() throws IOException {
    int first = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    long real = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
    byte[] payload = new byte[(int) real];
    in.readFully(payload);
    return new Received(first & 0xf, (first & 0x80) != 0, payload);
  }

  /** The next message, its fragments joined. */
  String message() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Received part = read();
    while (!part.last()) {
      all.writeBytes(part.payload());
      part = read();
    }
    all.writeBytes(part.payload());
    return all.toString(StandardCharsets.UTF_8);
  }

  boolean isClosedByServer() throws IOException {
    return in.read() < 0;
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
