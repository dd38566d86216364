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

  private static AsyncProducer started(UpstreamFixture rig, String uri) throws Exception {
    AsyncProducer producer = rig.context.getEndpoint(uri).createAsyncProducer();
    producer.start();
    return producer;
  }

  @Test
  void aStartedProducerMakesTheProviderKnown() throws Exception {
    try (var rig = new UpstreamFixture()) {
      AsyncProducer producer = started(rig, URI);
      ProviderProfile profile = rig.providers.find("x").orElseThrow();
      assertThat(profile.dialect()).isEqualTo("openai");
      assertThat(profile.keyName()).contains("X_KEY");
      assertThat(profile.baseUrl()).contains("http://127.0.0.1:9/v1");
      assertThat(profile.quirks()).isEqualTo(Set.of("no-stream-options", "max-tokens"));
      assertThat(profile.models()).containsExactly("m1", "m2");
      producer.stop();
      assertThat(rig.providers.all()).isEmpty();
      assertThat(rig.component.states()).isEmpty();
    }
  }

  @Test
  void makingAnEndpointHasNoEffect() throws Exception {
    try (var rig = new UpstreamFixture()) {
      rig.context.getEndpoint(URI).createAsyncProducer();
      assertThat(rig.providers.all()).isEmpty();
      assertThat(rig.component.states()).isEmpty();
    }
  }

  @Test
  void aRequestOfOurOwnMayGoToAnotherAddressOfAStartedProvider() throws Exception {
    try (var rig = new UpstreamFixture();
        var lists = FakeProvider.json("{\"models\":[]}")) {
      AsyncProducer producer = started(rig, URI + "&modelsUrl=" + lists.baseUrl());
      ProviderProfile profile = rig.providers.find("x").orElseThrow();
      assertThat(profile.modelsUrl()).contains(lists.baseUrl());

      Reply reply =
          rig.component
              .send(profile, lists.baseUrl(), UpstreamFixture.request(false))
              .orElseThrow()
              .get(5, TimeUnit.SECONDS);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(lists.requests).hasSize(1);
      assertThat(rig.component.states()).hasSize(1);
      producer.stop();
      assertThat(rig.component.send(profile, lists.baseUrl(), UpstreamFixture.request(false)))
          .isEmpty();
    }
  }

  @Test
  void twoProducersCountTwice() throws Exception {
    try (var rig = new UpstreamFixture()) {
      AsyncProducer first = started(rig, URI);
      AsyncProducer second = started(rig, URI);
      first.stop();
      assertThat(rig.providers.find("x")).isPresent();
      second.stop();
      assertThat(rig.providers.find("x")).isEmpty();
    }
  }

  @Test
  void aReloadMayStartTheNewBeforeOrAfterTheOldStops() throws Exception {
    try (var rig = new UpstreamFixture()) {
      AsyncProducer old = started(rig, URI);
      AsyncProducer changed = started(rig, URI + ",m3");
      assertThat(rig.providers.find("x").orElseThrow().models()).contains("m3");
      old.stop();
      assertThat(rig.providers.find("x").orElseThrow().models()).contains("m3");
      AsyncProducer back = started(rig, URI);
      back.stop();
      assertThat(rig.providers.find("x").orElseThrow().models()).contains("m3");
      changed.stop();
      assertThat(rig.providers.find("x")).isEmpty();
      started(rig, URI);
      assertThat(rig.providers.find("x")).isPresent();
    }
  }

  @Test
  void connectionsSurviveAReload() throws Exception {
    try (var provider = FakeProvider.json("{}");
        var rig = new UpstreamFixture()) {
      AsyncProducer old = rig.provider("x", provider.baseUrl());
      rig.ask(old);
      Eventually.soon(() -> rig.state().idleConnections() == 1);
      old.stop();
      rig.provider("x", provider.baseUrl());
      assertThat(rig.state().idleConnections()).isEqualTo(1);
      assertThat(rig.state().latencyMillis()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "upstream:x?dialect=openai | needs the parameter baseUrl",
        "upstream:x?baseUrl=http://h | needs the parameter dialect",
        "upstream:x?baseUrl=ftp://h&dialect=openai | http:// or https://",
        "upstream:x?baseUrl=http://u:secret@h/&dialect=openai | must not hold a user",
        "upstream:x?baseUrl=http:///v1&dialect=openai | names no host",
        "upstream:x?baseUrl=http://h&dialect=latin | unknown dialect 'latin'; known are [openai]",
        "upstream:x?baseUrl=http://h&dialect=openai&quirks=a_b! | quirks is a list",
        "upstream:x?baseUrl=http://h&dialect=openai&quirks=nope | no quirk 'nope'; known are [max",
        "upstream:x?baseUrl=http://h&dialect=openai&apiKey=sk-1 | unknown parameter [apiKey]",
        "upstream:X!?baseUrl=http://h&dialect=openai | name is a-z",
      })
  void aWrongParameterIsNamed(String uri, String message) throws Exception {
    try (var rig = new UpstreamFixture()) {
      assertThatThrownBy(() -> rig.context.getEndpoint(uri))
          .hasStackTraceContaining(message)
          .message()
          .doesNotContain("secret@")
          .doesNotContain("sk-1");
    }
  }
}
