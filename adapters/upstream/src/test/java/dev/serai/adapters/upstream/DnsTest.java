package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.upstream.NetworkResources.Overrides;
import dev.serai.core.problem.ProviderProblem.Fault;
import dev.serai.core.time.Ticker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.apache.camel.AsyncProducer;
import org.junit.jupiter.api.Test;

class DnsTest {
  private static UpstreamFixture rig(FakeDns dns) {
    return new UpstreamFixture(
        UpstreamSettings.defaults(),
        Ticker.SYSTEM,
        new Overrides(Optional.empty(), Optional.of(dns.provider())));
  }

  private static FakeProvider.Script once(String body) {
    return c -> {
      c.read();
      c.write("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: " + body.length());
      c.write("\r\n\r\n" + body);
    };
  }

  @Test
  void aProviderThatMovesIsFoundAgain() throws Exception {
    try (var dns = new FakeDns("127.0.0.1");
        var here =
            new FakeProvider(
                new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), once("here"));
        var there =
            new FakeProvider(
                new ServerSocket(here.port(), 50, InetAddress.getByName("127.0.0.2")),
                once("there"));
        var rig = rig(dns)) {
      AsyncProducer producer = rig.provider("x", "http://api.serai.test:" + here.port());
      assertThat(UpstreamFixture.text(rig.ask(producer))).isEqualTo("here");
      dns.pointTo("127.0.0.2");
      Eventually.soon(() -> answer(rig, producer).equals("there"));
      assertThat(there.accepted()).isPositive();
    }
  }

  @Test
  void namesOfTheHostsFileNeedNoNameServer() throws Exception {
    try (var dns = new FakeDns("127.0.0.9");
        var provider = FakeProvider.json("{}");
        var rig = rig(dns)) {
      AsyncProducer producer = rig.provider("x", "http://localhost:" + provider.port());
      assertThat(UpstreamFixture.text(rig.ask(producer))).isEqualTo("{}");
    }
  }

  @Test
  void aNameThatNobodyKnowsIsUnreachable() throws Exception {
    try (var dns = new FakeDns("127.0.0.1");
        var rig = rig(dns)) {
      dns.close();
      AsyncProducer producer = rig.provider("x", "http://nowhere.serai.test:1");
      assertThat(
              UpstreamFixture.problem(rig.send(producer, UpstreamFixture.request(false))).fault())
          .isIn(Fault.UNREACHABLE, Fault.TIMEOUT);
    }
  }

  private static String answer(UpstreamFixture rig, AsyncProducer producer) {
    try {
      return UpstreamFixture.text(rig.ask(producer));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
