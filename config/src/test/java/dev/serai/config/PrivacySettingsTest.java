package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.privacy.policy.PrivacyAction;
import dev.serai.core.privacy.policy.PrivacyPolicies;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with personal data, by tenant. */
class PrivacySettingsTest {
  @Test
  void aTenantHasTheActionOfAllUnlessItHasItsOwn(@TempDir Path directory) {
    Folder folder = new Folder(directory);
    folder.yaml(
        """
        privacy:
          action: mask
          tenants:
            claims: {kinds: [card]}
            research: {action: report}
            open: {action: off}
        """);
    PrivacyPolicies policies = folder.settings(Map.of()).privacy().policies();
    assertThat(policies.of("claims").action()).isEqualTo(PrivacyAction.MASK);
    assertThat(policies.of("research").action()).isEqualTo(PrivacyAction.REPORT);
    assertThat(policies.of("open").action()).isEqualTo(PrivacyAction.OFF);
    assertThat(policies.of("other").action()).isEqualTo(PrivacyAction.MASK);
  }
}
