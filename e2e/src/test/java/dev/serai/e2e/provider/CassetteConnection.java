package dev.serai.e2e.provider;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * One connection. Its thread reads; every answer is played on a second one, so that an end of the
 * input in the midst of an answer is seen at once: the client has cancelled.
 */
final class CassetteConnection {
  private final Socket socket;
  private final PushbackInputStream in;
  private final Queue<Received> received;
  private final CountDownLatch gate;

  CassetteConnection(Socket socket, Queue<Received> received, CountDownLatch gate)
      throws IOException {
    this.gate = gate;
    this.socket = socket;
    this.in = new PushbackInputStream(new BufferedInputStream(socket.getInputStream()), 1);
    this.received = received;
    socket.setTcpNoDelay(true);
  }

  void run() throws IOException {
    while (true) {
      String line = line();
      if (line.isEmpty()) {
        return;
      }
      Received request = request(line);
      received.add(request);
      Thread player = Thread.ofVirtual().start(() -> play(request));
      int next = awaitNext();
      if (next < 0) {
        if (!request.answered().isDone()) {
          request.cancelled().complete(Instant.now());
          player.interrupt();
        }
        return;
      }
      in.unread(next);
      request.answered().join();
    }
  }

  private int awaitNext() {
    try {
      return in.read();
    } catch (IOException e) {
      return -1; // reset: gone too
    }
  }

  private void play(Received request) {
    try {
      new Player(socket, request, gate).play();
      request.answered().complete(Instant.now());
    } catch (IOException e) {
      request.cancelled().complete(Instant.now());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Received request(String requestLine) throws IOException {
    String[] parts = requestLine.split(" ");
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    byte[] body = new byte[0];
    if (headers.containsKey("content-length")) {
      body = exactly(in, Integer.parseInt(headers.get("content-length")));
    } else if ("chunked".equals(headers.get("transfer-encoding"))) {
      body = chunks();
    }
    return Received.of(parts[0], parts[1], headers, body);
  }

  private byte[] chunks() throws IOException {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      all.write(exactly(in, size));
      line();
      if (size == 0) {
        return all.toByteArray();
      }
    }
  }

  private static byte[] exactly(InputStream in, int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException();
    }
    return bytes;
  }

  /** A line without its end; empty at the end of the input. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) (byte) c);
    }
    return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
        .stripTrailing();
  }
}
