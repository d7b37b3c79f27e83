/** What specs render to: compared with files, and held to laws. */
@NullMarked
package io.generalbots.operator.golden;

import org.jspecify.annotations.NullMarked;
