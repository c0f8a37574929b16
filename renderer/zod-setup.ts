import * as z from 'zod';

/** zod would try `new Function`, which the content policy refuses and reports. Imported before anything makes a schema. */
z.config({ jitless: true });
