/** What steps at servers have in common. */
@NullMarked
package io.generalbots.operator.external;

import org.jspecify.annotations.NullMarked;
