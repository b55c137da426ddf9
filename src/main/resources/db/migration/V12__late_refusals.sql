-- A message that the provider took and refused afterwards for its form alone (WhatsApp 131047: free text, when the person
-- has not written for a day) goes out once more in the form that is always allowed. What is still said of the refused
-- message then counts no more, unless it says that the message has arrived after all.
ALTER TABLE delivery ADD COLUMN fallback boolean NOT NULL DEFAULT false;
ALTER TABLE provider_message ADD COLUMN replaced boolean NOT NULL DEFAULT false;
