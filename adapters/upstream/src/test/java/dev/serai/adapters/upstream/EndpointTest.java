package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.http.Reply;
import dev.serai.core.provider.ProviderProfile;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {
  private static final String URI =
      "upstream:x?baseUrl=http://127.0.0.1:9/v1&dialect=openai&keyName=X_KEY"
          + "&quirks=no-stream-options, max-tokens&models=m1,m2";

  private static AsyncProducer started(UpstreamFixture fixture, String uri) throws Exception {
    AsyncProducer producer = fixture.context.getEndpoint(uri).createAsyncProducer();
    producer.start();
    return producer;
  }

  @Test
  void aStartedProducerRegistersTheProvider() throws Exception {
    try (var fixture = new UpstreamFixture()) {
      AsyncProducer producer = started(fixture, URI);
      ProviderProfile profile = fixture.providers.find("x").orElseThrow();
      assertThat(profile.dialect()).isEqualTo("openai");
      assertThat(profile.keyName()).contains("X_KEY");
      assertThat(profile.baseUrl()).contains("http://127.0.0.1:9/v1");
      assertThat(profile.quirks()).isEqualTo(Set.of("no-stream-options", "max-tokens"));
      assertThat(profile.models()).containsExactly("m1", "m2");
      producer.stop();
      assertThat(fixture.providers.all()).isEmpty();
      assertThat(fixture.component.states()).isEmpty();
    }
  }

  @Test
  void creatingAnEndpointHasNoEffect() throws Exception {
    try (var fixture = new UpstreamFixture()) {
      fixture.context.getEndpoint(URI).createAsyncProducer();
      assertThat(fixture.providers.all()).isEmpty();
      assertThat(fixture.component.states()).isEmpty();
    }
  }

  @Test
  void aRequestOfTheGatewaysOwnMayGoToAnotherAddressOfAStartedProvider() throws Exception {
    try (var fixture = new UpstreamFixture();
        var lists = FakeProvider.json("{\"models\":[]}")) {
      AsyncProducer producer = started(fixture, URI + "&modelsUrl=" + lists.baseUrl());
      ProviderProfile profile = fixture.providers.find("x").orElseThrow();
      assertThat(profile.modelsUrl()).contains(lists.baseUrl());

      Reply reply =
          fixture
              .component
              .send(profile, lists.baseUrl(), UpstreamFixture.request(false))
              .orElseThrow()
              .get(5, TimeUnit.SECONDS);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(lists.requests).hasSize(1);
      assertThat(fixture.component.states()).hasSize(1);
      producer.stop();
      assertThat(fixture.component.send(profile, lists.baseUrl(), UpstreamFixture.request(false)))
          .isEmpty();
    }
  }

  @Test
  void twoProducersCountTwice() throws Exception {
    try (var fixture = new UpstreamFixture()) {
      AsyncProducer first = started(fixture, URI);
      AsyncProducer second = started(fixture, URI);
      first.stop();
      assertThat(fixture.providers.find("x")).isPresent();
      second.stop();
      assertThat(fixture.providers.find("x")).isEmpty();
    }
  }

  @Test
  void aReloadMayStartTheNewBeforeOrAfterTheOldStops() throws Exception {
    try (var fixture = new UpstreamFixture()) {
      AsyncProducer old = started(fixture, URI);
      AsyncProducer changed = started(fixture, URI + ",m3");
      assertThat(fixture.providers.find("x").orElseThrow().models()).contains("m3");
      old.stop();
      assertThat(fixture.providers.find("x").orElseThrow().models()).contains("m3");
      AsyncProducer back = started(fixture, URI);
      back.stop();
      assertThat(fixture.providers.find("x").orElseThrow().models()).contains("m3");
      changed.stop();
      assertThat(fixture.providers.find("x")).isEmpty();
      started(fixture, URI);
      assertThat(fixture.providers.find("x")).isPresent();
    }
  }

  @Test
  void connectionsSurviveAReload() throws Exception {
    try (var provider = FakeProvider.json("{}");
        var fixture = new UpstreamFixture()) {
      AsyncProducer old = fixture.provider("x", provider.baseUrl());
      fixture.ask(old);
      Eventually.soon(() -> fixture.state().idleConnections() == 1);
      old.stop();
      fixture.provider("x", provider.baseUrl());
      assertThat(fixture.state().idleConnections()).isEqualTo(1);
      assertThat(fixture.state().latencyMillis()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "upstream:x?dialect=openai | needs the parameter baseUrl",
        "upstream:x?baseUrl=http://h | needs the parameter dialect",
        "upstream:x?baseUrl=ftp://h&dialect=openai | http:// or https://",
        "upstream:x?baseUrl=http://u:secret@h/&dialect=openai | must not contain a user",
        "upstream:x?baseUrl=http:///v1&dialect=openai | has no host",
        "upstream:x?baseUrl=http://h&dialect=latin | unknown dialect 'latin'; known are [openai]",
        "upstream:x?baseUrl=http://h&dialect=openai&quirks=a_b! | quirks is a list",
        "upstream:x?baseUrl=http://h&dialect=openai&quirks=nope | no quirk 'nope'; known are [max",
        "upstream:x?baseUrl=http://h&dialect=openai&apiKey=sk-1 | unknown parameter [apiKey]",
        "upstream:x?baseUrl=http://h&dialect=openai&headers=a | headers is a list",
        "upstream:x?baseUrl=http://h&dialect=openai&headers=Host=b | must not have Host",
        "upstream:X!?baseUrl=http://h&dialect=openai | name is a-z",
      })
  void aWrongParameterIsReported(String uri, String message) throws Exception {
    try (var fixture = new UpstreamFixture()) {
      assertThatThrownBy(() -> fixture.context.getEndpoint(uri))
          .hasStackTraceContaining(message)
          .message()
          .doesNotContain("secret@")
          .doesNotContain("sk-1");
    }
  }
}
