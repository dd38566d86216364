package dev.serai.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressFormTest {
  @ParameterizedTest
  @ValueSource(strings = {"http://embeddings", "http://messages/", "http://responses/v1"})
  void aHostMayBeNamedAsAnOperation(String url) {
    assertThat(AddressForm.fault(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://embeddings/v1/embeddings", "http://h/v1/messages/?a=b"})
  void anOperationAtTheEndOfThePathIsAFault(String url) {
    assertThat(AddressForm.fault(url))
        .hasValueSatisfying(why -> assertThat(why).contains("leave it out"));
  }
}
