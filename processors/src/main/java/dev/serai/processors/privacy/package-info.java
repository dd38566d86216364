/** Searches requests for personal data before they are sent, and restores it in replies. */
@NullMarked
package dev.serai.processors.privacy;

import org.jspecify.annotations.NullMarked;
