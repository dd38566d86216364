package dev.serai.adapters.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Accepts connections one after the other, replies to a script with the same bytes and closes. */
final class ScriptedServer implements AutoCloseable {
  private static final byte[] OK = "+OK\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final ServerSocket server;
  private final byte[] reply;
  private final boolean always;
  private final Thread thread = Thread.ofVirtual().unstarted(this::run);

  /**
   * @param always whether it replies so to each command, also to the first one
   */
  ScriptedServer(String reply, boolean always) {
    this.always = always;
    this.reply = reply.getBytes(StandardCharsets.ISO_8859_1);
    try {
      server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread.start();
  }

  String url() {
    return "redis://127.0.0.1:" + server.getLocalPort();
  }

  private void run() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        respond(client.getInputStream(), client.getOutputStream());
      } catch (IOException _) { // the client is gone, or this has closed
      }
    }
  }

  private void respond(InputStream in, OutputStream out) throws IOException {
    byte[] bytes = new byte[65_536];
    for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
      String command = new String(bytes, 0, read, StandardCharsets.ISO_8859_1);
      boolean last = always || command.contains("EVAL");
      out.write(last ? reply : OK);
      out.flush();
      if (last) {
        return;
      }
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
