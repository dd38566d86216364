package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Thousands of clients on one thread, each with a connection of its own. */
final class Crowd implements AutoCloseable {
  private final int port;
  private final Selector selector;
  private final List<Member> members = new ArrayList<>();
  private final Thread reader;

  private Crowd(int port, Selector selector) {
    this.port = port;
    this.selector = selector;
    this.reader = Thread.ofPlatform().name("crowd").daemon().start(this::read);
  }

  /** Without clients yet. */
  static Crowd at(int port) {
    try {
      return new Crowd(port, Selector.open());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One client. */
  static final class Member {
    private final SocketChannel channel;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream(0);
    private boolean left;

    Member(SocketChannel channel) {
      this.channel = channel;
    }

    /** All bytes that it has received so far. */
    synchronized String heard() {
      return heard.toString(UTF_8);
    }

    /** Whether the server has closed. */
    synchronized boolean isLeft() {
      return left;
    }

    private synchronized void hear(ByteBuffer bytes) {
      heard.write(bytes.array(), 0, bytes.limit());
    }

    private synchronized void leave() {
      left = true;
    }
  }

  /** What one says who asks that model for a stream. */
  static byte[] chat(String model) {
    byte[] body = Caller.body(model, true).getBytes(UTF_8);
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: here\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    return (head + new String(body, UTF_8)).getBytes(UTF_8);
  }

  /** So many clients connect at once, send this and read all replies. */
  Crowd come(int count, byte[] words) {
    for (int i = 0; i < count; i++) {
      join(words, SelectionKey.OP_READ, 0);
    }
    return this;
  }

  /** So many come at once and say this; they read nothing, and have room for little. */
  Crowd comeDeaf(int count, byte[] words) {
    for (int i = 0; i < count; i++) {
      join(words, 0, 4096);
    }
    return this;
  }

  private void join(byte[] words, int interest, int room) {
    try {
      SocketChannel channel = SocketChannel.open();
      if (room > 0) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, room);
      }
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.write(ByteBuffer.wrap(words));
      channel.configureBlocking(false);
      Member member = new Member(channel);
      members.add(member);
      channel.register(selector, interest, member);
      selector.wakeup();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everyone who is still there says this. */
  void say(byte[] words) {
    for (Member member : members) {
      if (!member.isLeft()) {
        try {
          member.channel.write(ByteBuffer.wrap(words));
        } catch (IOException e) {
          member.leave();
        }
      }
    }
  }

  /** How many are so. */
  int count(Predicate<Member> so) {
    int count = 0;
    for (Member member : members) {
      count += so.test(member) ? 1 : 0;
    }
    return count;
  }

  /** The replies of the clients for which this does not hold. */
  List<String> others(Predicate<Member> so) {
    return members.stream().filter(so.negate()).map(Member::heard).toList();
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
    try {
      while (selector.isOpen()) {
        selector.select(key -> read(key, buffer), 1000);
      }
    } catch (IOException | ClosedSelectorException e) {
      return; // closed
    }
  }

  private static void read(SelectionKey key, ByteBuffer buffer) {
    Member member = (Member) key.attachment();
    buffer.clear();
    try {
      int bytes = member.channel.read(buffer);
      if (bytes < 0) {
        key.cancel();
        member.leave();
      } else {
        member.hear(buffer.flip());
      }
    } catch (IOException e) {
      key.cancel();
      member.leave();
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
      reader.join();
      for (Member member : members) {
        member.channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
