package dev.serai.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.http.QueryString.Parameter;
import dev.serai.core.problem.CallerProblem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueryStringTest {
  @Test
  void parametersAreDecodedInTheirOrder() {
    assertThat(QueryString.of("a=1&%24alt=sse&b=x%20y+z&a=2&flag&=v&&").parameters())
        .containsExactly(
            new Parameter("a", "1"),
            new Parameter("$alt", "sse"),
            new Parameter("b", "x y z"),
            new Parameter("a", "2"),
            new Parameter("flag", ""),
            new Parameter("", "v"));
  }

  @Test
  void theFirstOfANameCounts() {
    QueryString query = QueryString.of("after=resp_1&after=resp_2");
    assertThat(query.first("after")).contains("resp_1");
    assertThat(query.first("before")).isEmpty();
    assertThat(QueryString.of("").parameters()).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadAsItWas() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("redirect_uri", "https://a.example/x?y=z&w");
    parameters.put("a b", "ü+%");
    parameters.put("empty", "");
    String written = QueryString.write(parameters);
    assertThat(written)
        .isEqualTo(
            "redirect_uri=https%3A%2F%2Fa.example%2Fx%3Fy%3Dz%26w&a%20b=%C3%BC%2B%25&empty=");
    assertThat(QueryString.of(written).byName(parameters.keySet())).isEqualTo(parameters);
    assertThat(QueryString.write(Map.of())).isEmpty();
  }

  @Test
  void theRestOfAQueryStaysAsItIsWritten() {
    Set<String> names = Set.of("key", "a b");
    assertThat(QueryString.without("x=1&key=2&y=%20&%6bey=3&a+b&a%20b=&keys&", names))
        .isEqualTo("x=1&y=%20&keys&");
    assertThat(QueryString.without("%zz=1&key", names)).isEqualTo("%zz=1");
    assertThat(QueryString.without("", names)).isEmpty();
  }

  @Test
  void aMalformedEscapeIsTheCallersFault() {
    for (String query : new String[] {"a=%zz", "%4=1", "a=%"}) {
      assertThatThrownBy(() -> QueryString.of(query)).isInstanceOf(CallerProblem.class);
    }
  }

  @Test
  void aPlusSignInAPathStandsForItself() {
    assertThat(PercentEncoding.decode("a+b%2Fc%20d")).isEqualTo("a+b/c d");
  }

  @Test
  void aParameterThatIsUnknownOrGivenTwiceIsRefusedByName() {
    Set<String> known = Set.of("limit", "after");

    assertThat(QueryString.of("limit=5&after=").byName(known))
        .containsExactlyInAnyOrderEntriesOf(Map.of("limit", "5", "after", ""));
    assertThatThrownBy(() -> QueryString.of("limt=5").byName(known))
        .hasMessage("Unknown parameter 'limt'. Did you mean 'limit'? Known are after, limit.");
    assertThatThrownBy(() -> QueryString.of("limt=5").byName(Set.of("limit")))
        .hasMessage("Unknown parameter 'limt'. Did you mean 'limit'? Known is limit.");
    assertThatThrownBy(() -> QueryString.of("limit=5").byName(Set.of()))
        .hasMessage("Unknown parameter 'limit'. This path has none.");
    assertThatThrownBy(() -> QueryString.of("limit=5&l%69mit=6").byName(known))
        .hasMessage("The parameter 'limit' is given twice.");
  }
}
