package dev.serai.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerMetadataTest {
  private static final String ISSUER = "https://login.acme.example";

  private static IssuerMetadata read(String members) {
    String json = "{\"issuer\":\"" + ISSUER + "\"," + members.replace('\'', '"') + "}";
    return IssuerMetadata.read(ISSUER, json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://login.acme.example/token",
        "http://127.0.0.1/token",
        "https://user@login.acme.example/token",
        "https://login.acme.example/token#part",
        "javascript:alert(1)",
        "/token",
        "not an address"
      })
  void anUnsafeAddressIsMissingAndTheKeysAreFoundAllTheSame(String address) {
    IssuerMetadata metadata =
        read(
            "'jwks_uri':'https://login.acme.example/keys','token_endpoint':'"
                + address
                + "','authorization_endpoint':'"
                + address
                + "','end_session_endpoint':'"
                + address
                + "'");
    assertThat(metadata.keys()).isEqualTo(URI.create("https://login.acme.example/keys"));
    assertThat(metadata.token()).isEmpty();
    assertThat(metadata.authorization()).isEmpty();
    assertThat(metadata.endSession()).isEmpty();
    assertThatThrownBy(() -> read("'jwks_uri':'" + address + "'"))
        .hasMessage("jwks_uri of the metadata is not an https address");
  }

  @Test
  void theSecretGoesIntoTheFormOnlyIfTheIssuerWantsThat() {
    String keys = "'jwks_uri':'https://login.acme.example/keys'";
    String methods = keys + ",'token_endpoint_auth_methods_supported':";
    assertThat(read(keys).secretInForm()).isFalse();
    assertThat(read(methods + "['client_secret_post']").secretInForm()).isTrue();
    assertThat(read(methods + "['client_secret_post','client_secret_basic']").secretInForm())
        .isFalse();
    assertThat(read(methods + "['private_key_jwt']").secretInForm()).isFalse();
  }
}
