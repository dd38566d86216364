package dev.serai.gateway.edge;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** A client of HTTP/2 that sends exactly the frames of a test. */
final class Http2Frames implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  private static final int MAX_FRAMES = 5_000_000;

  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;

  Http2Frames(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(30_000);
    out = new BufferedOutputStream(socket.getOutputStream());
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  /** A frame that has arrived. */
  record Frame(int type, int stream, byte[] payload) {
    /** The error of a GOAWAY or RST_STREAM frame. */
    int error() {
      int at = type == GOAWAY ? 4 : 0;
      return (payload[at] & 0xff) << 24
          | (payload[at + 1] & 0xff) << 16
          | (payload[at + 2] & 0xff) << 8
          | (payload[at + 3] & 0xff);
    }
  }

  Http2Frames frame(int type, int flags, int stream, byte[] payload) throws IOException {
    int size = payload.length;
    byte[] head = {
      (byte) (size >> 16),
      (byte) (size >> 8),
      (byte) size,
      (byte) type,
      (byte) flags,
      (byte) (stream >> 24),
      (byte) (stream >> 16),
      (byte) (stream >> 8),
      (byte) stream
    };
    out.write(head);
    out.write(payload);
    return this;
  }

  /** Sends the frames that were made. */
  void flush() throws IOException {
    out.flush();
  }

  /** The head of a GET, without an entry in the table of the decoder. */
  static byte[] get(String path, String... fields) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    literal(block, ":method", "GET");
    literal(block, ":scheme", "http");
    literal(block, ":authority", "serai.example");
    literal(block, ":path", path);
    for (int i = 0; i < fields.length; i += 2) {
      literal(block, fields[i], fields[i + 1]);
    }
    return block.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    text(block, name);
    text(block, value);
  }

  /** A text without Huffman code; shorter than 128 bytes, or at most 254 + 127 * 128. */
  static void text(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length < 127) {
      block.write(bytes.length);
    } else {
      block.write(127);
      int rest = bytes.length - 127;
      while (rest >= 128) {
        block.write(rest % 128 + 128);
        rest /= 128;
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }

  /** The next frame of that type. */
  Frame next(int type) throws IOException {
    flush();
    for (int i = 0; i < MAX_FRAMES; i++) {
      Frame frame = read();
      if (frame.type() == type) {
        return frame;
      }
    }
    throw new IOException("no such frame");
  }

  private Frame read() throws IOException {
    int size = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    in.readUnsignedByte();
    int stream = in.readInt();
    return new Frame(type, stream, in.readNBytes(size));
  }

  /**
   * Reads until the server has closed.
   *
   * @return the error of its GOAWAY frame; empty if the reset of the connection has overtaken it
   */
  OptionalInt closingError() throws IOException {
    OptionalInt error = OptionalInt.empty();
    try {
      for (int i = 0; i < MAX_FRAMES; i++) {
        Frame frame = read();
        if (frame.type() == GOAWAY) {
          error = OptionalInt.of(frame.error());
        }
      }
    } catch (EOFException | SocketException e) {
      return error;
    }
    throw new IOException("the server does not close");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
