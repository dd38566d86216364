package dev.serai.adapters.dialects.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessDenialTest {
  @ParameterizedTest
  @CsvSource({
    "gpt-5,The API key may not reach gpt-5.,true",
    "gpt-5,The API key may not reach 'GPT-5',true",
    "gpt-5,The API key may not reach gpt-55 or xgpt-5.,false",
    "m,This token is of m and not valid.,false",
    "gpt-5,The API key is not valid.,false",
    "'',The API key is not valid.,false"
  })
  void a403ThatNamesTheModelIsAboutTheRequest(String model, String message, boolean ofRequest) {
    assertThat(AccessDenial.concernsRequest(model, message, "")).isEqualTo(ofRequest);
  }
}
