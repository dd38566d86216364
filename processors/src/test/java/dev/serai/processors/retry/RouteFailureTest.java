package dev.serai.processors.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.problem.FailureCause;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RouteFailureTest {
  static Stream<Exception> lost() {
    return Stream.of(
        new SocketException("Connection reset"),
        new SocketTimeoutException("Read timed out"),
        new IllegalStateException(new IOException("closed")),
        new ExchangeTimedOutException(new DefaultExchange(new DefaultCamelContext()), 1),
        new IllegalStateException("a step of the route"));
  }

  static Stream<Exception> neverSent() {
    return Stream.of(
        new ConnectException("refused"),
        new NoRouteToHostException("x"),
        new UnknownHostException("x"),
        new SSLHandshakeException("x"),
        new IOException(new ConnectException("refused")),
        new NoSuchEndpointException("direct:x"));
  }

  @ParameterizedTest
  @MethodSource("lost")
  void aConnectionThatBreaksMayHaveSentTheRequest(Exception failure) {
    assertThat(causeOf(failure)).isEqualTo(FailureCause.NO_RESPONSE);
  }

  @ParameterizedTest
  @MethodSource("neverSent")
  void withoutAConnectionNothingWasSent(Exception failure) {
    assertThat(causeOf(failure)).isEqualTo(FailureCause.UNREACHABLE);
  }

  @Test
  void itSaysWhatFailedToTheOperatorOnly() {
    var problem =
        RouteFailure.of("p", "the adapter route", new SocketException("reset by 10.1.1.1"));
    assertThat(problem.detail()).contains("the adapter route failed: reset by 10.1.1.1");
    assertThat(problem.message()).doesNotContain("10.1.1.1");
    assertThat(RouteFailure.of("p", "the route", null).detail())
        .contains("the route failed: without a reason");
  }

  private static FailureCause causeOf(@Nullable Throwable failure) {
    return RouteFailure.of("p", "the route", failure).failureCause();
  }
}
