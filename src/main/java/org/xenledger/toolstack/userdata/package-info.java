/** libxl's own files about domains. May touch their directory, and nothing else. */
package org.xenledger.toolstack.userdata;
