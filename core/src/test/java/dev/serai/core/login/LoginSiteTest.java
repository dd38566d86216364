package dev.serai.core.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.caller.Credential;
import dev.serai.core.http.HeaderFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginSiteTest {
  private static final LoginSite SECURE = new LoginSite("https://LLM.acme.example");
  private static final LoginSite PLAIN = new LoginSite("http://127.0.0.1:8000");

  private static HeaderFields cookies(String... fields) {
    HeaderFields request = new HeaderFields();
    for (String field : fields) {
      request.add("Cookie", field);
    }
    return request;
  }

  @Test
  void overHttpsNoOtherHostAndNoPlainConnectionCanSetTheCookie() {
    assertThat(SECURE.setCookie("session", "id", -1))
        .isEqualTo("__Host-serai-session=id; Path=/; HttpOnly; SameSite=Lax; Secure");
    assertThat(SECURE.session(cookies("serai-session=planted"))).isEmpty();
    assertThat(SECURE.session(cookies("a=b; __Host-serai-session=id; c=d")))
        .contains(new Credential.Session("id"));
  }

  @Test
  void aPlainConnectionHasNoSecureCookie() {
    assertThat(PLAIN.setCookie("session", "id", 60))
        .isEqualTo("serai-session=id; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
  }

  @Test
  void cookiesMayBeInSeveralFields() {
    assertThat(PLAIN.session(cookies("a=b", "serai-session=id")))
        .contains(new Credential.Session("id"));
  }

  @Test
  void aSessionThatIsThereTwiceOrEmptyOrTooLongIsNone() {
    assertThat(PLAIN.session(cookies("serai-session=one; serai-session=two"))).isEmpty();
    assertThat(PLAIN.session(cookies("serai-session=one", "serai-session=one"))).isEmpty();
    assertThat(PLAIN.session(cookies("serai-session="))).isEmpty();
    assertThat(PLAIN.session(cookies("serai-session=" + "a".repeat(129)))).isEmpty();
    assertThat(PLAIN.session(cookies("xserai-session=one"))).isEmpty();
  }

  @Test
  void aSessionIsNotShown() {
    assertThat(new Credential.Session("id-0123").toString()).doesNotContain("id-0123");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "evil.example",
        "@evil.example",
        ".evil.example",
        ":80",
        "/\t/evil.example",
        "/a\r\nset-cookie: a=b",
        "/ü",
        "/a b",
        "/a#b",
        ""
      })
  void anythingButAPlainPathLeadsToTheRoot(String path) {
    assertThat(SECURE.address(path)).isEqualTo("https://llm.acme.example/");
  }

  @Test
  void aPathStaysAsItIs() {
    assertThat(SECURE.address("/docs?x=%2F%2Fy&z=a+b"))
        .isEqualTo("https://llm.acme.example/docs?x=%2F%2Fy&z=a+b");
    assertThat(SECURE.address("/" + "a".repeat(1024))).isEqualTo("https://llm.acme.example/");
    assertThat(SECURE.loginAddress("/docs?a=b&c"))
        .isEqualTo("https://llm.acme.example/login?return=/docs%3Fa%3Db%26c");
  }

  @Test
  void onlyItsOwnPagesAreFromHere() {
    assertThat(SECURE.isFromHere(new HeaderFields().add("origin", "https://llm.acme.example")))
        .isTrue();
    for (String origin :
        new String[] {
          "http://llm.acme.example",
          "https://llm.acme.example:8443",
          "https://llm.acme.example.evil.example",
          "null"
        }) {
      assertThat(SECURE.isFromHere(new HeaderFields().add("origin", origin))).isFalse();
    }
    assertThat(SECURE.isFromHere(new HeaderFields())).isFalse();
  }
}
