package dev.serai.processors.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.HeaderFields;
import org.junit.jupiter.api.Test;

/** Every page has the header fields that protect its user; a page's own ones stay. */
class PageFieldsTest {
  @Test
  void aPageCannotBeFramedAndSendsNoReferrer() {
    HeaderFields page = PageFields.addTo(new HeaderFields());
    assertThat(page.first("x-frame-options")).hasValue("DENY");
    assertThat(page.first("referrer-policy")).hasValue("no-referrer");
    assertThat(page.first("cross-origin-opener-policy")).hasValue("same-origin");
    assertThat(page.first("x-content-type-options")).hasValue("nosniff");
  }

  @Test
  void whatAPageSaysItselfStays() {
    HeaderFields own = new HeaderFields().add("X-Frame-Options", "SAMEORIGIN");
    HeaderFields page = PageFields.addTo(own);
    assertThat(page.list("x-frame-options")).containsExactly("SAMEORIGIN");
  }
}
