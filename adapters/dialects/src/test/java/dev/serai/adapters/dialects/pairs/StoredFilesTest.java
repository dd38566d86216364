package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A file is sent by its ID only to the vendor that stores it; for others the request is refused.
 */
class StoredFilesTest {
  private static final String OPENAI = "file-6F2ksmvXxt4VdoqmHRw6kL";
  private static final String ANTHROPIC = "file_011CNha8iCJcU1wXNR6q4V8w";
  private static final String GOOGLE = "https://generativelanguage.googleapis.com/v1beta/files/a1";

  /** The members of requests that name a file: as a document, and as an image where that exists. */
  private static List<String> members(Client client, String id) {
    String chat = "'messages':[{'role':'user','content':[{'type':'file','file':{'file_id':'" + id;
    return switch (client) {
      case OPENAI -> List.of(chat + "'}}]}]");
      case RESPONSES ->
          List.of(
              "'input':[{'role':'user','content':[{'type':'input_file','file_id':'" + id + "'}]}]",
              "'input':[{'role':'user','content':[{'type':'input_image','file_id':'" + id + "'}]}]",
              "'input':[{'type':'function_call','call_id':'c','name':'look','arguments':'{}'},"
                  + "{'type':'function_call_output','call_id':'c','output':[{'type':'input_file',"
                  + "'file_id':'"
                  + id
                  + "'}]}]");
      case ANTHROPIC ->
          List.of(
              "'messages':[{'role':'user','content':[{'type':'document','source':{'type':'file',"
                  + "'file_id':'"
                  + id
                  + "'}}]}]",
              "'messages':[{'role':'user','content':[{'type':'image','source':{'type':'file',"
                  + "'file_id':'"
                  + id
                  + "'}}]}]");
      case GEMINI ->
          List.of(
              "'contents':[{'role':'user','parts':[{'fileData':{'mimeType':'application/pdf',"
                  + "'fileUri':'"
                  + id
                  + "'}}]}]");
      case OLLAMA -> List.of();
    };
  }

  private static String own(Client client) {
    return client.say(OPENAI, OPENAI, ANTHROPIC, GOOGLE, "");
  }

  private static boolean stores(Pair pair, String id) {
    return switch (pair.dialect().name()) {
      case "openai", "responses" -> id.equals(OPENAI);
      case "anthropic" -> id.equals(ANTHROPIC);
      case "gemini" -> id.equals(GOOGLE);
      default -> false;
    };
  }

  @TestFactory
  Stream<DynamicTest> aFileThatAnotherVendorStoresIsRefusedAndTheErrorSaysWhatToDo() {
    return Pair.each(
        Pair.all().filter(pair -> !stores(pair, own(pair.client())) && !pair.same()),
        pair -> {
          for (String members : members(pair.client(), own(pair.client()))) {
            ChatRequest request = pair.client().ask(members, false);
            assertThatThrownBy(() -> pair.write(request))
                .isInstanceOf(CallerProblem.class)
                .hasMessageContaining("'" + own(pair.client()) + "'")
                .hasMessageContaining("'acme'")
                .hasMessageContaining("Send the file's data in the request")
                .hasMessageContaining("use a model of the provider that stores it");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> theVendorThatStoresItReceivesTheId() {
    return Pair.each(
        Pair.all().filter(pair -> pair.client() != Client.OLLAMA),
        pair -> {
          for (String id : List.of(OPENAI, ANTHROPIC)) {
            // A chat has no uploaded images, so the first member list, of a document, counts.
            String members = members(pair.client(), id).getFirst();
            if (stores(pair, id) && !pair.same() && pair.client() != Client.GEMINI) {
              ProviderRequest written = pair.write(pair.client().ask(members, false));
              assertThat(Pair.text(written)).contains(id);
              assertThat(written.headers().first("anthropic-beta").isPresent())
                  .isEqualTo(id.equals(ANTHROPIC));
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> anIdOfUnknownFormIsJudgedByTheProvider() {
    return Pair.each(
        Pair.all().filter(pair -> pair.client() == Client.RESPONSES && !pair.same()),
        pair -> {
          String id = "8f0d2c1e-5b7a";
          ChatRequest request = pair.client().ask(members(pair.client(), id).getFirst(), false);
          if (List.of("openai", "anthropic").contains(pair.dialect().name())) {
            assertThatCode(() -> pair.write(request)).doesNotThrowAnyException();
          } else {
            assertThatThrownBy(() -> pair.write(request)).isInstanceOf(CallerProblem.class);
          }
        });
  }

  /** What a stored prompt says is known to OpenAI's Responses API only. */
  @TestFactory
  Stream<DynamicTest> aStoredPromptIsRefusedForAProviderOfAnotherApi() {
    return Pair.each(
        Pair.all().filter(pair -> pair.client() == Client.RESPONSES),
        pair -> {
          for (String input : List.of("", "'input':'hi',")) {
            ChatRequest request =
                Client.RESPONSES.ask(input + "'prompt':{'version':'2','id':'pmpt_1'}", false);
            if (pair.same()) {
              assertThat(pair.sent(request)).contains("'pmpt_1'");
            } else {
              assertThatThrownBy(() -> pair.write(request))
                  .isInstanceOf(CallerProblem.class)
                  .hasMessageContaining("prompt that OpenAI stores");
            }
          }
        });
  }
}
