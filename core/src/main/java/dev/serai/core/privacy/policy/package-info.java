/**
 * What is done about personal data, for each tenant: it is reported, masked or refused. The search
 * itself is in {@link dev.serai.core.privacy}.
 */
@NullMarked
package dev.serai.core.privacy.policy;

import org.jspecify.annotations.NullMarked;
