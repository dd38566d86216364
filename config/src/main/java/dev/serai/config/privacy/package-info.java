/** Settings of what is done with personal data in requests. */
@NullMarked
package dev.serai.config.privacy;

import org.jspecify.annotations.NullMarked;
