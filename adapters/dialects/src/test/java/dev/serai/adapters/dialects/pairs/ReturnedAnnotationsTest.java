package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Clients of OpenAI's APIs return annotations and log probabilities with the history. */
class ReturnedAnnotationsTest {
  private static final String SOURCES = "[{'type':'url_citation','url':'http://a.test'}]";
  private static final String LOGPROBS = "[{'token':'hi','logprob':-1}]";

  private static Stream<Pair> translated() {
    return Pair.all()
        .filter(pair -> Set.of(Client.OPENAI, Client.RESPONSES).contains(pair.client()))
        .filter(pair -> !pair.same());
  }

  private static String history(Client client, String annotations, String logprobs) {
    return client.say(
        "'messages':[{'role':'user','content':'x'},{'role':'assistant','content':'hi',"
            + "'annotations':"
            + annotations
            + "},{'role':'user','content':'y'}]",
        "'input':[{'role':'user','content':'x'},{'type':'message','role':'assistant','content':"
            + "[{'type':'output_text','text':'hi','annotations':"
            + annotations
            + ",'logprobs':"
            + logprobs
            + "}]},{'role':'user','content':'y'}]",
        "",
        "",
        "");
  }

  @TestFactory
  Stream<DynamicTest> annotationsOfTheHistoryAreReported() {
    return Pair.each(
        translated(),
        pair -> {
          String members = history(pair.client(), SOURCES, LOGPROBS);
          assertThat(pair.write(pair.client().ask(members, false)).dropped())
              .containsExactlyInAnyOrder(
                  pair.client() == Client.OPENAI
                      ? new String[] {"messages.annotations"}
                      : new String[] {"input.content.annotations", "input.content.logprobs"});
        });
  }

  @TestFactory
  Stream<DynamicTest> emptyOnesAreNot() {
    return Pair.each(
        translated(),
        pair -> {
          String members = history(pair.client(), "[]", "[]");
          assertThat(pair.write(pair.client().ask(members, false)).dropped()).isEmpty();
        });
  }
}
