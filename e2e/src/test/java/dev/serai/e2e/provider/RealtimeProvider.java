package dev.serai.e2e.provider;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A provider of realtime sessions. What it does depends on the model's name in the query: {@code
 * talks} answers each {@code response.create} with audio, text and usage; {@code closes} closes
 * with 4008 after an event; {@code vanishes} breaks the connection after an event; {@code missing}
 * and {@code unauthorized} refuse the handshake; fragments break the connection; {@code floods}
 * sends audio without end; {@code deaf} reads nothing.
 */
public final class RealtimeProvider implements AutoCloseable {
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final String AUDIO = "QUJD".repeat(2000);
  private static final String USAGE =
      "{\"total_tokens\":150,\"input_tokens\":100,\"output_tokens\":50,"
          + "\"input_token_details\":{\"text_tokens\":80,\"audio_tokens\":20,\"cached_tokens\":0},"
          + "\"output_token_details\":{\"text_tokens\":10,\"audio_tokens\":40}}";

  private final ServerSocket server;
  private final List<Handshake> handshakes = new CopyOnWriteArrayList<>();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final List<Integer> closes = new CopyOnWriteArrayList<>();
  private final AtomicLong flooded = new AtomicLong();

  /** A handshake as it came: the path with its query, and the header fields. */
  public record Handshake(String target, Map<String, String> headers) {}

  private RealtimeProvider(ServerSocket server) {
    this.server = server;
    Thread.ofVirtual().start(this::accept);
  }

  /** Starts one on a free port. */
  public static RealtimeProvider start() {
    try {
      return new RealtimeProvider(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is, without a path. */
  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  public List<Handshake> handshakes() {
    return handshakes;
  }

  /** The events of clients, of all sessions. */
  public List<String> events() {
    return events;
  }

  /** The codes of the close frames that it got; 1006 where the connection broke. */
  public List<Integer> closes() {
    return closes;
  }

  /** Bytes of audio that {@code floods} could send. */
  public long flooded() {
    return flooded.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return; // it has been closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      Handshake asked = read(in);
      handshakes.add(asked);
      if (asked.target().contains("missing")) {
        refuse(out, "404 Not Found", "model_not_found");
      } else if (asked.target().contains("unauthorized")) {
        refuse(out, "401 Unauthorized", "invalid_api_key");
      } else {
        respond(out, asked.headers().get("sec-websocket-key"));
        new Session(in, out, asked.target()).run();
      }
    } catch (IOException e) {
      closes.add(1006);
    }
  }

  private static void refuse(OutputStream out, String status, String code) throws IOException {
    String body = "{\"error\":{\"message\":\"No.\",\"type\":\"invalid_request_error\",\"code\":\"";
    body += code + "\"}}";
    write(
        out,
        "HTTP/1.1 "
            + status
            + "\r\ncontent-type: application/json\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static void respond(OutputStream out, String key) throws IOException {
    try {
      String all = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
      byte[] sha1 =
          MessageDigest.getInstance("SHA-1").digest(all.getBytes(StandardCharsets.US_ASCII));
      write(
          out,
          "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
              + "sec-websocket-accept: "
              + Base64.getEncoder().encodeToString(sha1)
              + "\r\n\r\n");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static Handshake read(DataInputStream in) throws IOException {
    String first = line(in);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String field = line(in); !field.isEmpty(); field = line(in)) {
      int colon = field.indexOf(':');
      headers.put(field.substring(0, colon), field.substring(colon + 1).strip());
    }
    return new Handshake(first.split(" ")[1], headers);
  }

  private static String line(DataInputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private final class Session {
    private final DataInputStream in;
    private final OutputStream out;
    private final String target;

    Session(DataInputStream in, OutputStream out, String target) {
      this.in = in;
      this.out = out;
      this.target = target;
    }

    void run() throws IOException {
      say("{\"type\":\"session.created\",\"session\":{\"model\":\"gpt-realtime\"}}");
      if (target.contains("floods")) {
        flood();
      }
      if (target.contains("deaf")) {
        while (!server.isClosed()) {
          LockSupport.parkNanos(5_000_000);
        }
        return;
      }
      while (step()) {
        // until one side closes
      }
    }

    private void flood() throws IOException {
      while (!server.isClosed()) {
        say("{\"type\":\"response.output_audio.delta\",\"delta\":\"" + AUDIO + "\"}");
        flooded.addAndGet(AUDIO.length());
      }
    }

    /** Reads a frame; false when the session is over. */
    private boolean step() throws IOException {
      int first = in.readUnsignedByte();
      int opcode = first & 0xf;
      int length = in.readUnsignedByte();
      if ((length & 0x80) == 0) {
        throw new IOException("a frame of a client is not masked");
      }
      byte[] payload = payload(length & 0x7f);
      if (opcode == CLOSE) {
        closes.add(payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | (payload[1] & 0xff));
        frame(CLOSE, payload);
        return false;
      }
      if (opcode == PING) {
        frame(PONG, payload);
      } else if (opcode != PONG) {
        return event(whole(payload, (first & 0x80) != 0));
      }
      return true;
    }

    private static String whole(byte[] payload, boolean last) throws IOException {
      if (!last) {
        throw new IOException("this provider takes no fragments");
      }
      return new String(payload, StandardCharsets.UTF_8);
    }

    private byte[] payload(int length) throws IOException {
      int real =
          length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
      byte[] mask = in.readNBytes(4);
      byte[] bytes = in.readNBytes(real);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] ^= mask[i & 3];
      }
      return bytes;
    }

    private boolean event(String event) throws IOException {
      events.add(event);
      if (target.contains("vanishes")) {
        return false;
      }
      if (target.contains("closes")) {
        frame(CLOSE, "\u000f\u00a8enough".getBytes(StandardCharsets.ISO_8859_1));
        return true;
      }
      if (event.contains("response.create")) {
        respond();
      }
      return true;
    }

    private void respond() throws IOException {
      for (int i = 0; i < 3; i++) {
        say("{\"type\":\"response.output_audio.delta\",\"delta\":\"" + AUDIO + "\"}");
      }
      say(
          "{\"type\":\"response.output_text.delta\",\"delta\":\"\\\"usage\\\":{\\\"input_tokens\\\":9}\"}");
      say("{\"type\":\"response.output_text.delta\",\"delta\":\"Hello\"}");
      say(
          "{\"type\":\"response.done\",\"event_id\":\"e1\",\"response\":{\"id\":\"r1\",\"object\":"
              + "\"realtime.response\",\"status\":\"completed\",\"output\":[],\"usage\":"
              + USAGE
              + "}}");
    }

    private void say(String event) throws IOException {
      frame(1, event.getBytes(StandardCharsets.UTF_8));
    }

    private void frame(int opcode, byte[] payload) throws IOException {
      ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 10);
      frame.write(0x80 | opcode);
      if (payload.length < 126) {
        frame.write(payload.length);
      } else {
        frame.write(126);
        frame.write(payload.length >>> 8);
        frame.write(payload.length);
      }
      frame.writeBytes(payload);
      out.write(frame.toByteArray());
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
