package dev.serai.processors.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.call.CallBounds;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.CallLabels;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.routing.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallHeadersTest {
  @Test
  void aRequestSaysItsTagsItsSessionAndItsTaskType() {
    Headers headers =
        new HeaderFields()
            .add("x-serai-tags", "web, beta,,web")
            .add("x-serai-session", "s 1")
            .add("x-serai-task-type", "summary");
    assertThat(CallHeaders.labels(headers))
        .isEqualTo(new CallLabels("s 1", "summary", Set.of("web", "beta")));
    assertThat(CallHeaders.labels(Headers.NONE)).isSameAs(CallLabels.NONE);
  }

  @Test
  void aHeaderFieldGoesBeforeTheBodyAndTagsAreThoseOfBoth() {
    CallLabels header = new CallLabels("s1", "", Set.of("a"));
    CallLabels body = new CallLabels("s2", "t2", Set.of("b"));
    assertThat(header.or(body)).isEqualTo(new CallLabels("s1", "t2", Set.of("a", "b")));
  }

  @Test
  void tooManyTagsAreRefusedAlsoTogether() {
    assertThatThrownBy(() -> labels("x-serai-tags", tags(0, 17)))
        .isInstanceOf(CallerProblem.class)
        .hasMessageContaining("at most 16 tags");
    CallLabels some = labels("x-serai-tags", tags(0, 16));
    CallLabels more = labels("x-serai-tags", tags(8, 17));
    assertThatThrownBy(() -> some.or(more)).isInstanceOf(CallerProblem.class);
  }

  private static String tags(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "t" + i).collect(Collectors.joining(","));
  }

  @Test
  void whatIsTooLongOrNotPrintableIsRefusedByName() {
    for (String name : new String[] {"x-serai-tags", "x-serai-session", "x-serai-task-type"}) {
      for (String value : new String[] {"x".repeat(257), "a\tb\u0001", "\u00fc"}) {
        assertThatThrownBy(() -> labels(name, value))
            .isInstanceOfSatisfying(
                CallerProblem.class,
                refused -> {
                  assertThat(refused.status()).isEqualTo(400);
                  assertThat(refused.message()).contains(name);
                });
      }
    }
  }

  private static CallLabels labels(String name, String value) {
    return CallHeaders.labels(new HeaderFields().add(name, value));
  }

  @ParameterizedTest
  @CsvSource({"30, 30000", "2.5, 2500", "0.001, 1"})
  void theTimeoutIsInSeconds(String written, long millis) {
    assertThat(bounds("x-serai-timeout", written).timeout()).contains(Duration.ofMillis(millis));
    assertThat(bounds("x-serai-timeout", written).maxAttempts()).isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "0.0001", "soon", "", "1e3", "9999999"})
  void anotherTimeoutIsRefused(String written) {
    assertThatThrownBy(() -> bounds("x-serai-timeout", written)).isInstanceOf(CallerProblem.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "many", "1000"})
  void anotherNumberOfAttemptsIsRefused(String written) {
    assertThat(bounds("x-serai-max-attempts", "2").maxAttempts()).isEqualTo(2);
    assertThatThrownBy(() -> bounds("x-serai-max-attempts", written))
        .isInstanceOf(CallerProblem.class);
  }

  private static CallBounds bounds(String name, String value) {
    return CallHeaders.bounds(new HeaderFields().add(name, value));
  }

  @Test
  void theStrategyOfTheFieldGoesBeforeThatOfTheBody() {
    RoutingCriteria body = RoutingCriteria.NONE.with(Strategy.LATENCY);
    Headers headers = new HeaderFields().add("x-serai-strategy", "Round-Robin");
    assertThat(CallHeaders.criteria(headers, body).preferred().strategy())
        .contains(Strategy.ROUND_ROBIN);
    assertThat(CallHeaders.criteria(Headers.NONE, body)).isSameAs(body);
  }

  @Test
  void anUnknownStrategyIsRefusedWithThoseThatThereAre() {
    Headers headers = new HeaderFields().add("x-serai-strategy", "cheapest");
    assertThatThrownBy(() -> CallHeaders.criteria(headers, RoutingCriteria.NONE))
        .isInstanceOf(CallerProblem.class)
        .hasMessageContaining("must be one of priority, round_robin, cost_aware")
        .hasMessageEndingWith("bandit; for cheapest, use cost_aware.");
    Headers misspelt = new HeaderFields().add("x-serai-strategy", "rond_robin");
    assertThatThrownBy(() -> CallHeaders.criteria(misspelt, RoutingCriteria.NONE))
        .hasMessageEndingWith(" Did you mean round_robin?");
  }

  @Test
  void aMisspeltFieldIsRefusedAndAnyOtherIsNot() {
    Headers misspelt = new HeaderFields().add("X-Serai-Timout", "30");
    assertThatThrownBy(() -> CallHeaders.refuseMisspelt(misspelt))
        .isInstanceOf(CallerProblem.class)
        .hasMessage("Unknown header field 'x-serai-timout'. Did you mean 'x-serai-timeout'?");
    HeaderFields others = new HeaderFields();
    for (String name : List.of("timeout", "via", "request-id", "model", "dropped", "provider")) {
      others.add("x-serai-" + name, "1");
    }
    assertThatCode(() -> CallHeaders.refuseMisspelt(others)).doesNotThrowAnyException();
  }
}
