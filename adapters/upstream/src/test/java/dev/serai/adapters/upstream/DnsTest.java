package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.upstream.NetworkResources.Overrides;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.time.Ticker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.apache.camel.AsyncProducer;
import org.junit.jupiter.api.Test;

class DnsTest {
  private static UpstreamFixture fixture(FakeDns dns) {
    return new UpstreamFixture(
        UpstreamLimits.defaults(),
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
  void aNewAddressOfAProviderIsUsed() throws Exception {
    try (var dns = new FakeDns("127.0.0.1");
        var here =
            new FakeProvider(
                new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), once("here"));
        var there =
            new FakeProvider(
                new ServerSocket(here.port(), 50, InetAddress.getByName("127.0.0.2")),
                once("there"));
        var fixture = fixture(dns)) {
      AsyncProducer producer = fixture.provider("x", "http://api.serai.test:" + here.port());
      assertThat(UpstreamFixture.text(fixture.ask(producer))).isEqualTo("here");
      dns.pointTo("127.0.0.2");
      Eventually.soon(() -> respond(fixture, producer).equals("there"));
      assertThat(there.accepted()).isPositive();
    }
  }

  @Test
  void namesOfTheHostsFileNeedNoNameServer() throws Exception {
    try (var dns = new FakeDns("127.0.0.9");
        var provider = FakeProvider.json("{}");
        var fixture = fixture(dns)) {
      AsyncProducer producer = fixture.provider("x", "http://localhost:" + provider.port());
      assertThat(UpstreamFixture.text(fixture.ask(producer))).isEqualTo("{}");
    }
  }

  @Test
  void anUnknownNameIsUnreachable() throws Exception {
    try (var dns = new FakeDns("127.0.0.1");
        var fixture = fixture(dns)) {
      dns.close();
      AsyncProducer producer = fixture.provider("x", "http://nowhere.serai.test:1");
      ProviderProblem problem =
          UpstreamFixture.problem(fixture.send(producer, UpstreamFixture.request(false)));
      assertThat(problem.failureCause())
          .isIn(FailureCause.UNREACHABLE, FailureCause.CONNECT_TIMEOUT);
      assertThat(problem.detail()).isPresent();
    }
  }

  @Test
  void theLastKnownAddressIsUsedWhileTheNameServersFail() throws Exception {
    try (var dns = new FakeDns("127.0.0.1");
        var provider = new FakeProvider(once("here"));
        var fixture = fixture(dns)) {
      AsyncProducer producer = fixture.provider("x", "http://api.serai.test:" + provider.port());
      assertThat(respond(fixture, producer)).isEqualTo("here");
      dns.failWith(FakeDns.SERVFAIL);
      int before = dns.asked.size();
      Eventually.soon(() -> respond(fixture, producer).equals("here") && dns.asked.size() > before);
      assertThat(respond(fixture, producer)).isEqualTo("here");
    }
  }

  @Test
  void aNameThatNoLongerExistsIsUnreachable() throws Exception {
    try (var dns = new FakeDns("127.0.0.1");
        var provider = new FakeProvider(once("here"));
        var fixture = fixture(dns)) {
      AsyncProducer producer = fixture.provider("x", "http://api.serai.test:" + provider.port());
      assertThat(respond(fixture, producer)).isEqualTo("here");
      dns.failWith(FakeDns.NXDOMAIN);
      Eventually.soon(() -> fails(fixture, producer).filter(d -> d.contains("DNS: ")).isPresent());
    }
  }

  /** The reason of a failure; empty if there is a reply. */
  private static Optional<String> fails(UpstreamFixture fixture, AsyncProducer producer) {
    try {
      fixture.ask(producer);
      return Optional.empty();
    } catch (Exception e) {
      return e.getCause() instanceof ProviderProblem problem ? problem.detail() : Optional.empty();
    }
  }

  private static String respond(UpstreamFixture fixture, AsyncProducer producer) {
    try {
      return UpstreamFixture.text(fixture.ask(producer));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
