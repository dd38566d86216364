package dev.serai.adapters.dialects.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.json.JsonWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMembersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"b\":2,\"\\u0061\":3}",
        "{\"\\u00e9\":1,\"é\":2}",
        "{\"é\":1,\"é\":2}",
        "{\"\":1,\"\":2}",
        "{\"a\\/b\":1,\"a/b\":2}",
      })
  void aNameUsedTwiceIsRefusedHoweverItIsWritten(String json) {
    assertThatThrownBy(() -> JsonMembers.of(json.getBytes(UTF_8)))
        .isInstanceOf(MalformedInput.class)
        .hasMessageContaining(" once");
  }

  @Test
  void aMemberThatIsThereTwiceIsNamedUnlessItMayBeAKey() {
    assertThatThrownBy(
            () -> JsonMembers.ofRequest("{'a':1,'a':2}".replace('\'', '"').getBytes(UTF_8)))
        .hasMessage("The request's body has the member 'a' twice.");
    for (String name : new String[] {"sk-proj-0123456789abcdefghijklmnop", "a b", "x".repeat(65)}) {
      String json = "{'%1$s':1,'%1$s':2}".formatted(name).replace('\'', '"');
      assertThatThrownBy(() -> JsonMembers.ofRequest(json.getBytes(UTF_8)))
          .hasMessage("The request's body has a member twice.");
      assertThatThrownBy(() -> StrictJson.tree(json.getBytes(UTF_8)))
          .hasMessage("expected a member once at byte 0");
    }
    assertThatThrownBy(() -> JsonMembers.ofRequest(new byte[0]))
        .hasMessage("The request has no body.");
  }

  @Test
  void aMemberThatIsThereTwiceInsideIsNamedWithItsPath() {
    String json =
        "{'model':'m','messages':[{'role':'user','content':[{},{'type':'text','type':'text'}]}]}"
            .replace('\'', '"');
    byte[] bytes = json.getBytes(UTF_8);
    assertThatThrownBy(() -> StrictJson.tree(bytes))
        .isInstanceOfSatisfying(
            MalformedInput.class,
            found ->
                assertThat(found.ofRequest())
                    .hasMessage(
                        "The request's body has the member 'messages[0].content[1].type' twice."));
    int part = json.indexOf("{\"type\"");
    MalformedInput inPart =
        catchThrowableOfType(MalformedInput.class, () -> JsonMembers.at(bytes, part, bytes.length));
    assertThat(inPart.ofRequest()).hasMessage("The request's body has the member 'type' twice.");
    assertThat(StrictJson.located(inPart, bytes).ofRequest())
        .hasMessage("The request's body has the member 'messages[0].content[1].type' twice.");
  }

  @Test
  void aNameOnThePathThatMayBeAKeyIsNotShown() {
    String key = "sk-proj-0123456789abcdefghijklmnop";
    String json = "{'a':{'%1$s':{'b':1,'b':2}}}".formatted(key).replace('\'', '"');
    assertThatThrownBy(() -> StrictJson.tree(json.getBytes(UTF_8)))
        .hasMessage("expected the member 'a.*.b' once at byte 0");
    String inside = "{'a':[{'%1$s':1,'%1$s':2}]}".formatted(key).replace('\'', '"');
    assertThatThrownBy(() -> StrictJson.tree(inside.getBytes(UTF_8)))
        .hasMessage("expected a member of 'a[0]' once at byte 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 63, 64, 65, 66, 1000})
  void aNameUsedTwiceIsRefusedAmongManyToo(int members) {
    for (String again : new String[] {"n0", "\\u006e0", "n" + (members - 2)}) {
      StringBuilder json = new StringBuilder("{");
      for (int i = 0; i < members - 1; i++) {
        json.append("\"n").append(i).append("\":1,");
      }
      byte[] text = json.append('"').append(again).append("\":1}").toString().getBytes(UTF_8);
      assertThatThrownBy(() -> JsonMembers.of(text)).hasMessageContaining(" once");
    }
  }

  @Test
  void manyMembersAreFoundAndTooManyRefused() {
    JsonWriter out = new JsonWriter().beginObject();
    for (int i = 0; i < 1024; i++) {
      out.member("n" + i, i);
    }
    JsonMembers members = JsonMembers.of(out.endObject().bytes());
    assertThat(members.count(members.find("n1023"))).isEqualTo(1023);
    assertThat(members.find("n1024")).isEqualTo(-1);

    JsonWriter more = new JsonWriter().beginObject();
    for (int i = 0; i < 1025; i++) {
      more.member("n" + i, i);
    }
    byte[] bytes = more.endObject().bytes();
    assertThatThrownBy(() -> JsonMembers.of(bytes)).isInstanceOf(MalformedInput.class);
  }

  @Test
  void itSeesWhatATreeSees() {
    Random random = new Random(3);
    for (int round = 0; round < 2_000; round++) {
      byte[] text = new JsonMaker(random).text();
      JsonNode tree = StrictJson.tree(text);
      if (!tree.isObject()) {
        assertThatThrownBy(() -> JsonMembers.of(text)).isInstanceOf(MalformedInput.class);
        continue;
      }
      JsonMembers members = JsonMembers.of(text);
      assertThat(members.size()).isEqualTo(tree.size());
      for (int i = 0; i < members.size(); i++) {
        JsonNode value = tree.get(members.name(i));
        assertThat(StrictJson.tree(members.json(i).getBytes(UTF_8))).isEqualTo(value);
        if (members.kind(i) == '"') {
          assertThat(members.text(i)).isEqualTo(value.textValue());
        }
      }
    }
  }

  @Test
  void countsAreWholeNumbers() {
    JsonMembers members =
        JsonMembers.of(
            "{\"a\":12,\"b\":-1,\"c\":1.5,\"d\":\"1\",\"e\":99999999999999999999}".getBytes(UTF_8));
    assertThat(members.count(0)).isEqualTo(12);
    for (int i = 1; i < 5; i++) {
      assertThat(members.count(i)).isEqualTo(-1);
    }
  }
}
