package dev.serai.adapters.upstream;

import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name server (RFC 1035) that gives one IPv4 address for every name, alive for one second. */
final class FakeDns implements AutoCloseable {
  static final int SERVFAIL = 2;
  static final int NXDOMAIN = 3;
  private static final int TYPE_A = 1;

  private final DatagramSocket socket;
  private volatile String address;
  private volatile int failure;
  final List<String> asked = new CopyOnWriteArrayList<>();

  FakeDns(String address) throws IOException {
    this.address = address;
    this.socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
    Thread.ofPlatform().daemon().start(this::serve);
  }

  void pointTo(String changed) {
    address = changed;
  }

  /** From now on answers with this response code. */
  void failWith(int code) {
    failure = code;
  }

  DnsServerAddressStreamProvider provider() {
    return new SingletonDnsServerAddressStreamProvider(
        new InetSocketAddress("127.0.0.1", socket.getLocalPort()));
  }

  private void serve() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      try {
        DatagramPacket query = new DatagramPacket(buffer, buffer.length);
        socket.receive(query);
        byte[] response = respond(ByteBuffer.wrap(buffer, 0, query.getLength()));
        socket.send(new DatagramPacket(response, response.length, query.getSocketAddress()));
      } catch (IOException e) {
        return;
      }
    }
  }

  private byte[] respond(ByteBuffer query) throws IOException {
    short id = query.getShort();
    query.position(12);
    StringBuilder name = new StringBuilder();
    for (int length = query.get(); length > 0; length = query.get()) {
      byte[] label = new byte[length];
      query.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label));
    }
    asked.add(name.toString());
    boolean wantsA = query.getShort() == TYPE_A && failure == 0;
    query.getShort();
    int questionEnd = query.position();
    ByteBuffer out = ByteBuffer.allocate(512);
    out.putShort(id).putShort((short) (0x8180 | failure)).putShort((short) 1);
    out.putShort((short) (wantsA ? 1 : 0)).putInt(0);
    out.put(query.array(), 12, questionEnd - 12);
    if (wantsA) {
      out.putShort((short) 0xC00C).putShort((short) TYPE_A).putShort((short) 1).putInt(1);
      out.putShort((short) 4).put(InetAddress.getByName(address).getAddress());
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    socket.close();
  }
}
