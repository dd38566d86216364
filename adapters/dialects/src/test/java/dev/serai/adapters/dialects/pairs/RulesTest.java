package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.pairs.Rule.Side;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** No rule is forgotten: each has named cases for every pair that it touches. */
class RulesTest {
  private static final List<Class<?>> CLAIMS =
      List.of(
          ResponseRulesTest.class,
          ChoiceRulesTest.class,
          CutStreamsTest.class,
          FailureRulesTest.class,
          GrammarTest.class,
          LimitRulesTest.class,
          MediaRulesTest.class,
          RequestRulesTest.class,
          RoundTripTest.class,
          StreamRulesTest.class,
          ReasoningRulesTest.class,
          ToolRulesTest.class);

  private static final Map<Side, List<Class<?>>> SIDES =
      Map.of(
          Side.REQUEST,
          List.of(
              ChoiceRulesTest.class,
              MediaRulesTest.class,
              RequestRulesTest.class,
              ReasoningRulesTest.class,
              ToolRulesTest.class),
          Side.RESPONSE,
          List.of(ResponseRulesTest.class),
          Side.STREAM,
          List.of(StreamRulesTest.class));

  /** What is asked for well is still to be answered well, whole and piece by piece. */
  @TestFactory
  Stream<DynamicTest> aRuleOfSeveralSidesIsShownOnEachOfThem() {
    return Stream.of(Rule.values())
        .flatMap(
            rule ->
                rule.sides().stream()
                    .map(
                        side ->
                            DynamicTest.dynamicTest(
                                rule.ordinal() + 1 + " " + rule + " " + side,
                                () ->
                                    assertThat(shown(rule, SIDES.getOrDefault(side, List.of())))
                                        .containsAll(rule.pairs()))));
  }

  @TestFactory
  Stream<DynamicTest> everyRuleIsShownForEveryPairThatItTouches() {
    return Stream.of(Rule.values())
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.ordinal() + 1 + " " + rule,
                    () -> assertThat(shown(rule, CLAIMS)).containsAll(rule.pairs())));
  }

  /** The pairs that the rule's cases in these classes run for. */
  private static Set<String> shown(Rule rule, List<Class<?>> where) throws Exception {
    Set<String> pairs = new HashSet<>();
    for (Class<?> claims : where) {
      for (Method method : claims.getDeclaredMethods()) {
        Holds holds = method.getAnnotation(Holds.class);
        if (holds != null && List.of(holds.value()).contains(rule)) {
          cases(claims, method)
              .forEach(test -> pairs.add(test.getDisplayName().replaceFirst(".*: ", "")));
        }
      }
    }
    return pairs;
  }

  @SuppressWarnings("unchecked")
  private static Stream<DynamicTest> cases(Class<?> claims, Method method) throws Exception {
    assertThat(method.isAnnotationPresent(TestFactory.class)).as(method.getName()).isTrue();
    Object test = claims.getDeclaredConstructor().newInstance();
    return (Stream<DynamicTest>) method.invoke(test);
  }
}
