package dev.serai.processors.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.CallerProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopDetectorTest {
  private final LoopDetector loops = new LoopDetector("here");

  @Test
  void aRequestThatComesBackToThisGatewayIsRefused() {
    for (String passed : List.of("here", "there, here", "a,here", "a,b,c,d,e,f,g,h,i")) {
      assertThatThrownBy(() -> loops.refuseLoop(passed(passed)))
          .isInstanceOfSatisfying(
              CallerProblem.class,
              problem -> {
                assertThat(problem.status()).isEqualTo(508);
                assertThat(problem.code()).isEqualTo("request_loop");
              });
    }
  }

  @Test
  void aRequestThatHasPassedFewOtherGatewaysIsNot() {
    assertThatCode(() -> loops.refuseLoop(Headers.NONE)).doesNotThrowAnyException();
    assertThatCode(() -> loops.refuseLoop(passed("a,b,c"))).doesNotThrowAnyException();
  }

  @Test
  void aLongChainOfGatewaysIsNotCalledALoop() {
    assertThatThrownBy(() -> loops.refuseLoop(passed("a,b,c,d,e,f,g,h,i")))
        .hasMessageContaining("has passed more than 8 gateways");
    assertThatThrownBy(() -> loops.refuseLoop(passed("a,here"))).hasMessageContaining("comes back");
  }

  @Test
  void aMalformedListOfGatewaysIsRefused() {
    for (String passed : List.of("a".repeat(1025), "a;b", "\u00e9", "a\u0001")) {
      assertThatThrownBy(() -> loops.refuseLoop(passed(passed)))
          .isInstanceOfSatisfying(
              CallerProblem.class, problem -> assertThat(problem.status()).isEqualTo(400));
    }
  }

  private static Headers passed(String gateways) {
    return new HeaderFields().add("X-Serai-Via", gateways);
  }
}
