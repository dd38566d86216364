package dev.serai.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A realtime session whose client reads only when its test says so. */
final class RawSession implements AutoCloseable {
  private final Socket socket = new Socket();

  RawSession(int port, String query) throws IOException {
    socket.setReceiveBufferSize(64 * 1024);
    socket.setSoTimeout(30_000);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    String head =
        "GET /v1/realtime?"
            + query
            + " HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
            + "sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads so many bytes. */
  void skip(long bytes) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] some = new byte[64 * 1024];
    for (long left = bytes; left > 0; ) {
      int read = in.read(some);
      if (read < 0) {
        throw new IOException("closed");
      }
      left -= read;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
